import { describe, expect, it } from "vitest";
import { resources, synthesize } from "./stack.ts";

describe("the alarms", () => {
  it("go off for dead letters, for jobs that wait too long, and if no bot is ready", () => {
    const alarms = resources(synthesize().template, "AWS::CloudWatch::Alarm");
    expect(Object.keys(alarms)).toEqual(["DeadLettersAlarm", "WaitingTooLongAlarm", "NoBotAlarm"]);
    expect(alarms["DeadLettersAlarm"]?.Properties).toMatchObject({
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [{ Name: "QueueName", Value: "<DeadLetters.QueueName>" }],
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 0,
    });
    expect(alarms["WaitingTooLongAlarm"]?.Properties).toMatchObject({
      MetricName: "ApproximateAgeOfOldestMessage",
      Dimensions: [{ Name: "QueueName", Value: "<Work.QueueName>" }],
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 600,
    });
    expect(alarms["NoBotAlarm"]?.Properties).toMatchObject({
      Namespace: "hotdog-bot",
      MetricName: "BotReady",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      Period: 60,
      EvaluationPeriods: 5,
      TreatMissingData: "breaching",
    });
  });

  it("notify nobody without an address", () => {
    const { template } = synthesize();
    template.resourceCountIs("AWS::SNS::Topic", 0);
    for (const { Properties } of Object.values(resources(template, "AWS::CloudWatch::Alarm")))
      expect(Properties).not.toHaveProperty("AlarmActions");
  });

  it("notify an address when they start and when they end", () => {
    const { template } = synthesize({ alarmEmail: "operator@example.org" });
    expect(Object.values(resources(template, "AWS::SNS::Subscription"))).toMatchObject([
      { Properties: { Protocol: "email", Endpoint: "operator@example.org", TopicArn: "<AlarmTopic>" } },
    ]);
    for (const { Properties } of Object.values(resources(template, "AWS::CloudWatch::Alarm")))
      expect(Properties).toMatchObject({ AlarmActions: ["<AlarmTopic>"], OKActions: ["<AlarmTopic>"] });
  });

  it("may publish to their topic, and TLS is required", () => {
    const { template } = synthesize({ alarmEmail: "operator@example.org" });
    const { AlarmTopicPolicy } = resources(template, "AWS::SNS::TopicPolicy");
    expect(AlarmTopicPolicy?.Properties["PolicyDocument"]).toMatchObject({
      Statement: [
        { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
        {
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: "<AlarmTopic>",
          Condition: { StringEquals: { "aws:SourceAccount": "<AWS::AccountId>" } },
        },
      ],
    });
  });
});

it("keeps logs for a month", () => {
  const { Logs } = resources(synthesize().template, "AWS::Logs::LogGroup");
  expect(Logs?.Properties).toMatchObject({ LogGroupName: "/hotdog-bot", RetentionInDays: 30 });
});

it("outputs the values for .env", () => {
  const outputs = Object.entries(synthesize().template.findOutputs("*")).map(([name]) => name);
  expect(outputs).toEqual([
    "QueueUrl",
    "DeadLetterQueueUrl",
    "ReplyQueueUrl",
    "StoreUrl",
    "LabelerSecretArn",
    "TokenParameter",
    "LogGroup",
  ]);
});

it("tags everything that costs money", () => {
  const { template } = synthesize({ name: "hotdog-test" });
  const types = [
    "AWS::SQS::Queue",
    "AWS::S3::Bucket",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::Logs::LogGroup",
  ];
  const marked = types.flatMap((type) => Object.values(resources(template, type)));
  expect(marked).toHaveLength(7);
  for (const { Properties } of marked)
    expect(Properties["Tags"]).toContainEqual(
      expect.objectContaining({ Key: "project", Value: "hotdog-test" }),
    );
});
