import { describe, expect, it } from "vitest";
import { resources, synthesise } from "./stack.ts";

describe("the queues", () => {
  it("hide a message for as long as the worker does, and put aside what was delivered ten times", () => {
    const { Work } = resources(synthesise().template, "AWS::SQS::Queue");
    expect(Work?.Properties).toMatchObject({
      VisibilityTimeout: 20,
      RedrivePolicy: { deadLetterTargetArn: "<DeadLetters.Arn>", maxReceiveCount: 10 },
    });
  });

  it("keep dead letters for as long as SQS can, jobs for half of that, and replies for a quarter of an hour", () => {
    const days = 24 * 60 * 60;
    const retentions = Object.entries(resources(synthesise().template, "AWS::SQS::Queue")).map(
      ([name, { Properties }]) => [name, Properties["MessageRetentionPeriod"]],
    );
    expect(Object.fromEntries(retentions)).toEqual({ Work: 7 * days, DeadLetters: 14 * days, Replies: 900 });
  });

  it("are encrypted, and refuse what does not come over TLS", () => {
    const { template } = synthesise();
    const queues = resources(template, "AWS::SQS::Queue");
    const policies = Object.values(resources(template, "AWS::SQS::QueuePolicy"));
    expect(Object.keys(queues)).toEqual(["DeadLetters", "Work", "Replies"]);
    for (const [name, { Properties }] of Object.entries(queues)) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true });
      expect(policies).toContainEqual(
        expect.objectContaining({
          Properties: expect.objectContaining({
            Queues: [`<${name}>`],
            PolicyDocument: expect.objectContaining({
              Statement: [
                {
                  Effect: "Deny",
                  Principal: { AWS: "*" },
                  Action: "sqs:*",
                  Resource: `<${name}.Arn>`,
                  Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
              ],
            }),
          }),
        }),
      );
    }
  });
});
