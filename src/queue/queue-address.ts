import { parseRedisUrl } from "./bullmq/redis-address.ts";
import { whatIsWrongWith } from "./sqs/sqs-address.ts";

/** Of a queue that processes share. */
export type SharedQueueAddress = { engine: "sqs" | "bullmq"; url: string };

/** What QUEUE_URL names. */
export type QueueAddress = { engine: "memory" } | SharedQueueAddress;

/** Undefined for what is no address of a queue; a text says what is wrong with one that nearly is. */
export function parseQueueUrl(text: string): QueueAddress | string | undefined {
  if (text === "memory:") return { engine: "memory" };
  if (parseRedisUrl(text) !== undefined) return { engine: "bullmq", url: text };
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? sqsAddress(url) : undefined;
}

function sqsAddress(url: URL): QueueAddress | string | undefined {
  const wrong = whatIsWrongWith(url);
  if (wrong !== undefined) return wrong;
  const address = url.href.replace(/\/$/, "");
  return /^\w+:\/\/[^/]+(\/[\w-]+)+(\.fifo)?$/.test(address) ? { engine: "sqs", url: address } : undefined;
}
