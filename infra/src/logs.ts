import { RemovalPolicy } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

/** Adds the log group of all processes, with a stream for each: `<instance id>/bot`, `<instance id>/worker`, `<instance id>/boot`. */
export function logs(scope: Construct, name: string): LogGroup {
  return new LogGroup(scope, "Logs", {
    logGroupName: `/${name}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
