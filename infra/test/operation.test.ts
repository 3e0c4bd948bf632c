import { describe, expect, it } from "vitest";
import { resources, synthesise } from "./stack.ts";

describe("the alarms", () => {
  it("ring for dead letters, for jobs that wait too long, and when no bot is ready", () => {
    const alarms = resources(synthesise().template, "AWS::CloudWatch::Alarm");
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

  it("tell nobody unless there is an address", () => {
    const { template } = synthesise();
    template.resourceCountIs("AWS::SNS::Topic", 0);
    for (const { Properties } of Object.values(resources(template, "AWS::CloudWatch::Alarm")))
      expect(Properties).not.toHaveProperty("AlarmActions");
  });

  it("tell an address when they begin and when they end", () => {
    const { template } = synthesise({ alarmEmail: "operator@example.org" });
    expect(Object.values(resources(template, "AWS::SNS::Subscription"))).toMatchObject([
      { Properties: { Protocol: "email", Endpoint: "operator@example.org", TopicArn: "<AlarmTopic>" } },
    ]);
    for (const { Properties } of Object.values(resources(template, "AWS::CloudWatch::Alarm")))
      expect(Properties).toMatchObject({ AlarmActions: ["<AlarmTopic>"], OKActions: ["<AlarmTopic>"] });
  });

  it("may publish to their topic, and nobody over anything but TLS", () => {
    const { template } = synthesise({ alarmEmail: "operator@example.org" });
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
  const { Logs } = resources(synthesise().template, "AWS::Logs::LogGroup");
  expect(Logs?.Properties).toMatchObject({ LogGroupName: "/hotdog-bot", RetentionInDays: 30 });
});

it("tells where everything is, as .env takes it", () => {
  const outputs = Object.entries(synthesise().template.findOutputs("*")).map(([name]) => name);
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

it("marks what costs money as its own", () => {
  const { template } = synthesise({ name: "hotdog-test" });
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
