import { describe, expect, it } from "vitest";
import { deadLetterMessage, deadLetterReason, readMessage } from "../../../src/queue/sqs/message.ts";

describe("a message", () => {
  it("has a reason although the error had none, because SQS takes no empty attribute", () => {
    expect(deadLetterReason(deadLetterMessage("body", ""))).toBe("unknown");
  });

  it("counts its own deliveries and those before it was postponed", () => {
    const Attributes = { ApproximateReceiveCount: "2" };
    const before = (StringValue: string) => ({ AttemptsBefore: { DataType: "Number", StringValue } });
    expect(readMessage({ Attributes }).attempt).toBe(2);
    expect(readMessage({ Attributes, MessageAttributes: before("2") }).attempt).toBe(4);
    expect(readMessage({ Attributes, MessageAttributes: before("junk") }).attempt).toBe(2);
  });
});
