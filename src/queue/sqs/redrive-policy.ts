import { z } from "zod";

const shape = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number(),
});

export interface RedrivePolicy {
  /** Of the dead-letter queue. */
  account: string;
  name: string;
  /** SQS itself moves a message that was delivered more often than this. */
  deliveries: number;
}

/** Reads the queue attribute of that name; the queue may have none. */
export function parseRedrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  if (!text) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = shape.parse(JSON.parse(text));
  // arn:aws:sqs:eu-west-1:123456789012:name
  const [, , , , account = "", name = ""] = deadLetterTargetArn.split(":");
  return { account, name, deliveries: maxReceiveCount };
}
