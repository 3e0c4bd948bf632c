import { CfnScalingPolicy, type AutoScalingGroup } from "aws-cdk-lib/aws-autoscaling";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/**
 * Scales the group so that about `backlog` jobs wait for each worker.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-target-tracking-metric-math.html
 */
export function scaleOnBacklog(
  scope: Construct,
  group: AutoScalingGroup,
  { queue, backlog }: { queue: Queue; backlog: number },
): void {
  new CfnScalingPolicy(scope, "Backlog", {
    autoScalingGroupName: group.autoScalingGroupName,
    policyType: "TargetTrackingScaling",
    // Seconds until a new worker takes jobs.
    estimatedInstanceWarmup: 240,
    targetTrackingConfiguration: {
      targetValue: backlog,
      customizedMetricSpecification: {
        metrics: [
          measured("jobs", "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Sum", [
            "QueueName",
            queue.queueName,
          ]),
          measured("workers", "AWS/AutoScaling", "GroupInServiceInstances", "Average", [
            "AutoScalingGroupName",
            group.autoScalingGroupName,
          ]),
          {
            id: "backlog",
            label: "jobs waiting for each worker",
            expression: "jobs / workers",
            returnData: true,
          },
        ],
      },
    },
  });
}

function measured(
  id: string,
  namespace: string,
  metricName: string,
  stat: string,
  [name, value]: [name: string, value: string],
): CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  return {
    id,
    metricStat: { stat, metric: { namespace, metricName, dimensions: [{ name, value }] } },
    returnData: false,
  };
}
