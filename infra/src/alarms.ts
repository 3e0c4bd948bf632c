import { Duration, Stack, Validations } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Metric,
  TreatMissingData,
  type AlarmProps,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Queues } from "./queues.ts";
import type { Sizes } from "./sizes.ts";

const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
const MINUTE = Duration.minutes(1);
/** Age of the oldest job that raises the alarm, in seconds. Discord accepts answers for 15 minutes, so there is still time. */
const MAX_JOB_AGE_S = 600;

/** Adds the alarms. The console shows them; with an address they are also sent by e-mail. */
export function alarms(scope: Construct, { queues, sizes }: { queues: Queues; sizes: Sizes }): void {
  const all = [
    new Alarm(scope, "DeadLettersAlarm", {
      alarmDescription: "Jobs failed for good: npm run dead-letters -- list",
      metric: queues.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: MINUTE,
        statistic: "Maximum",
      }),
      threshold: 0,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      ...after(1, TreatMissingData.NOT_BREACHING),
    }),
    new Alarm(scope, "WaitingTooLongAlarm", {
      alarmDescription: "The oldest job has waited for 10 minutes: no worker is running, or too few are",
      metric: queues.work.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: "Maximum" }),
      threshold: MAX_JOB_AGE_S,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      ...after(3, TreatMissingData.NOT_BREACHING),
    }),
    new Alarm(scope, "NoBotAlarm", {
      alarmDescription: "No bot has been ready for 5 minutes: look at its log",
      metric: new Metric({
        namespace: sizes.name,
        metricName: "BotReady",
        period: MINUTE,
        statistic: "Maximum",
      }),
      threshold: 1,
      comparisonOperator: LESS_THAN_THRESHOLD,
      // A dead bot reports nothing.
      ...after(5, TreatMissingData.BREACHING),
    }),
  ];
  if (sizes.alarmEmail !== undefined) sendByEmail(scope, all, sizes.alarmEmail);
}

function after(
  minutes: number,
  treatMissingData: TreatMissingData,
): Pick<AlarmProps, "evaluationPeriods" | "treatMissingData"> {
  return { evaluationPeriods: minutes, treatMissingData };
}

function sendByEmail(scope: Construct, all: Alarm[], address: string): void {
  const topic = new Topic(scope, "AlarmTopic", { enforceSSL: true });
  // A topic with its own policy does not have the default one, so alarms would be refused without this.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(address));
  const action = new SnsAction(topic);
  for (const alarm of all) {
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  Validations.of(topic).acknowledge({
    id: "AwsSolutions-SNS2",
    reason:
      "An alarm's text contains no person and no secret. Alarms cannot use the AWS managed key of SNS, and a customer managed key costs a dollar a month.",
  });
}
