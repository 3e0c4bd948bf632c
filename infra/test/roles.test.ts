import { expect, it } from "vitest";
import { allowedBy, resources, synthesize } from "./stack.ts";

const ASSETS = "arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>";
const HERE = "<AWS::Region>:<AWS::AccountId>";

function ofEveryInstance(group: string): string[] {
  return [
    expect.stringMatching(/^s3:GetObject on .*\/[0-9a-f]{64}\.zip$/),
    `ssm:GetParameter on arn:<AWS::Partition>:ssm:${HERE}:parameter/hotdog-bot/discord-token`,
    "logs:CreateLogStream on <Logs.Arn>",
    "logs:PutLogEvents on <Logs.Arn>",
    "logs:DescribeLogStreams on <Logs.Arn>",
    "cloudformation:SignalResource on <AWS::StackId>",
    `autoscaling:SetInstanceHealth on arn:<AWS::Partition>:autoscaling:${HERE}:autoScalingGroup:*:autoScalingGroupName/${group}`,
    "ssm:UpdateInstanceInformation on *",
    "ssmmessages:CreateControlChannel on *",
    "ssmmessages:CreateDataChannel on *",
    "ssmmessages:OpenControlChannel on *",
    "ssmmessages:OpenDataChannel on *",
  ];
}

it("lets the bot send jobs, report readiness, and nothing more", () => {
  const { BotRole } = resources(synthesize().template, "AWS::IAM::Role");
  expect(allowedBy(BotRole)).toEqual([
    ...ofEveryInstance("hotdog-bot-bot"),
    "sqs:SendMessage on <Work.Arn>",
    "sqs:GetQueueAttributes on <Work.Arn>",
    'cloudwatch:PutMetricData on * when {"StringEquals":{"cloudwatch:namespace":"hotdog-bot"}}',
  ]);
});

it("lets a worker take jobs, move them to the dead letters, reply, write its files, read its key, and nothing more", () => {
  const { WorkersRole } = resources(synthesize().template, "AWS::IAM::Role");
  expect(allowedBy(WorkersRole)).toEqual([
    ...ofEveryInstance("hotdog-bot-workers"),
    "sqs:ReceiveMessage on <Work.Arn>",
    "sqs:DeleteMessage on <Work.Arn>",
    "sqs:ChangeMessageVisibility on <Work.Arn>",
    "sqs:SendMessage on <Work.Arn>",
    "sqs:GetQueueAttributes on <Work.Arn>",
    "sqs:SendMessage on <DeadLetters.Arn>",
    "sqs:SendMessage on <Replies.Arn>",
    "sqs:GetQueueAttributes on <DeadLetters.Arn>",
    "sqs:GetQueueAttributes on <Replies.Arn>",
    "s3:ListBucket on <Store.Arn>",
    "s3:GetObject on <Store.Arn>/conditional-write-test",
    "s3:PutObject on <Store.Arn>/conditional-write-test",
    ...["GetObject", "PutObject"].flatMap((action) =>
      ["images", "labels", "uploads", "logs", "forgotten", "projects", "people", "gold", "exclusions"].map(
        (folder) => `s3:${action} on <Store.Arn>/${folder}/*`,
      ),
    ),
    "s3:DeleteObject on <Store.Arn>/images/*",
    "s3:DeleteObject on <Store.Arn>/projects/*/images/*",
    "s3:DeleteObject on <Store.Arn>/projects/*/project.json",
    "secretsmanager:GetSecretValue on <LabelerSecret>",
  ]);
});

it("has these two roles and no other policy", () => {
  const { template } = synthesize();
  expect(Object.keys(resources(template, "AWS::IAM::Role"))).toEqual(["WorkersRole", "BotRole"]);
  template.resourceCountIs("AWS::IAM::Policy", 0);
  template.resourceCountIs("AWS::IAM::ManagedPolicy", 0);
});

it("reads only the code of this version", () => {
  const { template } = synthesize();
  for (const role of Object.values(resources(template, "AWS::IAM::Role")))
    expect(allowedBy(role)[0]).toContain(ASSETS);
});
