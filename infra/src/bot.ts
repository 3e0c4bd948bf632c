import type { AutoScalingGroup } from "aws-cdk-lib/aws-autoscaling";
import type { Construct } from "constructs";
import { processGroup, type Ground } from "./process-group.ts";
import type { Queues } from "./queues.ts";
import type { Sizes } from "./sizes.ts";
import { allow, allowAll } from "./statements.ts";

/**
 * One instance, and at upgrades for a moment a second one. Two bots at once do no harm: an interaction can be acknowledged
 * once, the other bot takes that for done (40060), and the jobs that both send carry the same id, so that what they do is
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
    },
    own: [
      allow(["sqs:SendMessage", "sqs:GetQueueAttributes"], queues.work.queueArn),
      allowAll(
        "The action knows no resources; it is held to one namespace.",
        ["cloudwatch:PutMetricData"],
        ["*"],
        { StringEquals: { "cloudwatch:namespace": sizes.name } },
      ),
    ],
  });
}
