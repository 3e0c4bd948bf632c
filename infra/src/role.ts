import { Stack, Validations } from "aws-cdk-lib";
import { PolicyDocument, Role, ServicePrincipal, type IRole } from "aws-cdk-lib/aws-iam";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Asset } from "aws-cdk-lib/aws-s3-assets";
import type { Construct } from "constructs";
import { allow, allowAll, type Allowed } from "./statements.ts";

interface Needs {
  code: Asset;
  logs: LogGroup;
  /** ARN of the bot token. */
  tokenArn: string;
  /** Name of the group that the instances belong to. */
  groupName: string;
  /** Permissions of this process that the other does not have. */
  own: Allowed[];
}

/**
 * Adds the role of an instance. All permissions are inline, so that no instance starts before it has them, and the CDK cannot
 * add any.
 */
export function instanceRole(scope: Construct, id: string, needs: Needs): IRole {
  const everyInstance = ofEveryInstance(Stack.of(scope), needs);
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal("ec2.amazonaws.com"),
    inlinePolicies: { instance: document(everyInstance), process: document(needs.own) },
  });
  for (const allowed of [...everyInstance, ...needs.own]) acknowledge(role, allowed);
  return role.withoutPolicyUpdates();
}

function ofEveryInstance(stack: Stack, { code, logs, tokenArn, groupName }: Needs): Allowed[] {
  const groups = stack.formatArn({
    service: "autoscaling",
    resource: "autoScalingGroup:*:autoScalingGroupName",
    resourceName: groupName,
  });
  return [
    allow(["s3:GetObject"], code.bucket.arnForObjects(code.s3ObjectKey)),
    allow(["ssm:GetParameter"], tokenArn),
    allow(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], logs.logGroupArn),
    allow(["cloudformation:SignalResource"], stack.stackId),
    allowAll(
      "The ARN of a group contains an id that is generated with the group.",
      ["autoscaling:SetInstanceHealth"],
      [groups],
    ),
    // Instead of AmazonSSMManagedInstanceCore, which lets an instance read every parameter of the account.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
    allowAll(
      "The actions of Session Manager and PutMetricData do not support resources; the latter is limited to one namespace.",
      [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      ["*"],
    ),
  ];
}

function document(allowed: Allowed[]): PolicyDocument {
  return new PolicyDocument({ statements: allowed.map(({ statement }) => statement) });
}

/** Acknowledges each wildcard separately, so that a new one is reported. */
function acknowledge(role: Role, { statement, because: reason }: Allowed): void {
  if (reason === undefined) return;
  for (const resource of statement.resources) {
    const finding = asInFindings(Stack.of(role).resolve(resource));
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason });
  }
}

/** Formats an ARN as cdk-nag does: `<Store.Arn>/images/*`. */
function asInFindings(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map(asInFindings).join("");
  const [[name, argument] = []] = Object.entries(value);
  if (name === "Fn::Join" && Array.isArray(argument)) return asInFindings(argument[1]);
  return `<${Array.isArray(argument) ? argument.join(".") : String(argument)}>`;
}
