import { describe, expect, it } from "vitest";
import { deadLetter, readMessage, reasonOf } from "../../../src/queue/sqs/message.ts";

describe("a message", () => {
  it("has a reason although the error had none, as SQS takes no empty attribute", () => {
    expect(reasonOf(deadLetter("body", "").MessageAttributes)).toBe("unknown");
  });

  it("counts its own deliveries and those before it was sent anew", () => {
    const Attributes = { ApproximateReceiveCount: "2" };
    const before = (StringValue: string) => ({ AttemptsBefore: { DataType: "Number", StringValue } });
    expect(readMessage({ Attributes }).attempt).toBe(2);
    expect(readMessage({ Attributes, MessageAttributes: before("2") }).attempt).toBe(4);
    expect(readMessage({ Attributes, MessageAttributes: before("junk") }).attempt).toBe(2);
  });
});
