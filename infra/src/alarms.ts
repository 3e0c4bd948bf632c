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
/** Seconds. Discord takes answers for 15 minutes; at 10 there is still time. */
const TOO_OLD = 600;

/** What somebody should look at. They are told by e-mail when there is an address; the console shows the alarms anyway. */
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
      alarmDescription: "The oldest job waits for 10 minutes: no worker works, or too few",
      metric: queues.work.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: "Maximum" }),
      threshold: TOO_OLD,
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
      // A bot that is gone reports nothing.
      ...after(5, TreatMissingData.BREACHING),
    }),
  ];
  if (sizes.alarmEmail !== undefined) tell(scope, all, sizes.alarmEmail);
}

function after(
  minutes: number,
  treatMissingData: TreatMissingData,
): Pick<AlarmProps, "evaluationPeriods" | "treatMissingData"> {
  return { evaluationPeriods: minutes, treatMissingData };
}

function tell(scope: Construct, all: Alarm[], address: string): void {
  const topic = new Topic(scope, "AlarmTopic", { enforceSSL: true });
  // A topic with a policy has no other: without this, alarms would be refused.
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
      "An alarm's text holds no person and no secret, and alarms cannot use the key that AWS keeps for SNS; one of our own costs a dollar a month.",
  });
}
