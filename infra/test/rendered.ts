import { resources, synthesize } from "./stack.ts";

export const STACK_ID =
  "arn:aws:cloudformation:eu-west-1:123456789012:stack/hotdog-bot/01234567-89ab-cdef-0123-456789abcdef";

/** Values that CloudFormation would fill in. */
const FILLED: Record<string, string> = {
  "AWS::Region": "eu-west-1",
  "AWS::AccountId": "123456789012",
  "AWS::Partition": "aws",
  "AWS::StackId": STACK_ID,
  Work: "https://sqs.eu-west-1.amazonaws.com/123456789012/hotdog-bot-Work",
  Replies: "https://sqs.eu-west-1.amazonaws.com/123456789012/hotdog-bot-Replies",
  Store: "hotdog-bot-store",
  LabelerSecret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:Labeler-AbCdEf",
  Logs: "/hotdog-bot",
};

/** Returns the user data of a group, as an instance gets it. */
export function userDataOf(group: "Bot" | "Workers", filled: Record<string, string> = {}): string {
  const templates = resources(synthesize().template, "AWS::EC2::LaunchTemplate");
  const data = templates[`${group}Template`]?.Properties["LaunchTemplateData"] as
    | { UserData: string }
    | undefined;
  if (data === undefined) throw new Error(`the group ${group} has no launch template`);
  return data.UserData.replaceAll(/<([A-Z][\w:]*)>/g, (_, name: string) => {
    const value = { ...FILLED, ...filled }[name];
    if (value === undefined) throw new Error(`nothing is known of ${name} in the user data`);
    return value;
  });
}
