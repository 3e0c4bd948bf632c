import { describe, expect, it } from "vitest";
import { resources, synthesize } from "./stack.ts";

describe("the queues", () => {
  it("hide a message for as long as the worker does, and move it to the dead letters after ten deliveries", () => {
    const { Work } = resources(synthesize().template, "AWS::SQS::Queue");
    expect(Work?.Properties).toMatchObject({
      VisibilityTimeout: 20,
      RedrivePolicy: { deadLetterTargetArn: "<DeadLetters.Arn>", maxReceiveCount: 10 },
    });
  });

  it("keep dead letters for 14 days, jobs for 7 days, and replies for 15 minutes", () => {
    const days = 24 * 60 * 60;
    const retentions = Object.entries(resources(synthesize().template, "AWS::SQS::Queue")).map(
      ([name, { Properties }]) => [name, Properties["MessageRetentionPeriod"]],
    );
    expect(Object.fromEntries(retentions)).toEqual({ Work: 7 * days, DeadLetters: 14 * days, Replies: 900 });
  });

  it("are encrypted and require TLS", () => {
    const { template } = synthesize();
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
