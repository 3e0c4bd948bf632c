import type { AutoScalingGroup } from "aws-cdk-lib/aws-autoscaling";
import type { Construct } from "constructs";
import { processGroup, type Ground } from "./process-group.ts";
import type { Queues } from "./queues.ts";
import type { Sizes } from "./sizes.ts";
import { allow, allowAll } from "./statements.ts";

/**
 * Adds the bot: one instance, and for a moment during upgrades a second one. Two bots are harmless: an interaction can be
 * acknowledged only once, the other bot treats it as done (error 40060), and the jobs of both have the same id, so the work is
 * done once.
 */
export function bot(
  scope: Construct,
  ground: Ground,
  { queues, sizes }: { queues: Queues; sizes: Sizes },
): AutoScalingGroup {
  return processGroup(scope, ground, {
    process: "bot",
    type: sizes.botType,
    min: 1,
    max: 2,
    settings: {
      METRIC_NAMESPACE: sizes.name,
      ...(sizes.privacyUrl === undefined ? {} : { PRIVACY_URL: sizes.privacyUrl }),
      ...(sizes.homeGuildId === undefined ? {} : { HOME_GUILD_ID: sizes.homeGuildId }),
    },
    own: [
      allow(["sqs:SendMessage", "sqs:GetQueueAttributes"], queues.work.queueArn),
      allowAll(
        "The action does not support resources; a condition limits it to one namespace.",
        ["cloudwatch:PutMetricData"],
        ["*"],
        { StringEquals: { "cloudwatch:namespace": sizes.name } },
      ),
    ],
  });
}
