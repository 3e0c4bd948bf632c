import type { Log } from "../platform/log.ts";
import { parseRedisUrl } from "./bullmq/redis-address.ts";
import type { JobQueue, OpenSender, QueueOptions } from "./queue.ts";
import type { ReplyReceiver, ReplySender } from "./reply.ts";
import { queueUrlProblem } from "./sqs/sqs-address.ts";

/** Address of a queue that several processes can share. */
export type SharedQueueAddress = { engine: "sqs" | "bullmq"; url: string };

export type QueueAddress = { engine: "memory" } | SharedQueueAddress;

/**
 * Reads QUEUE_URL.
 * @returns the address; a text that says what is wrong, if the value is nearly an address; undefined for any other value
 */
export function parseQueueUrl(text: string): QueueAddress | string | undefined {
  if (text === "memory:") return { engine: "memory" };
  if (parseRedisUrl(text) !== undefined) return { engine: "bullmq", url: text };
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const problem = queueUrlProblem(url);
  if (problem !== undefined) return problem;
  const address = url.href.replace(/\/$/, "");
  return /^\w+:\/\/[^/]+(\/[\w-]+)+(\.fifo)?$/.test(address) ? { engine: "sqs", url: address } : undefined;
}

/**
 * Opens a shared queue for a process that handles jobs.
 * @throws StartError when the queue cannot be used
 */
export async function openQueue(address: SharedQueueAddress, options: QueueOptions): Promise<JobQueue> {
  return address.engine === "sqs"
    ? (await import("./sqs/sqs-queue.ts")).sqsQueue(address.url, options)
    : (await import("./bullmq/bullmq-queue.ts")).bullmqQueue(address.url, options);
}

/**
 * Opens a shared queue for a process that only sends, and may have permission for nothing else.
 * @throws StartError when the queue cannot be used
 */
export async function openSender(address: SharedQueueAddress, options: { log: Log }): Promise<OpenSender> {
  return address.engine === "sqs"
    ? (await import("./sqs/sqs-queue.ts")).sqsSender(address.url)
    : (await import("./bullmq/bullmq-queue.ts")).bullmqSender(address.url, options);
}

/**
 * Opens the worker's end of the replies. Redis keeps them beside the jobs; SQS needs another queue for them.
 * @returns undefined where there can be no clients: with the queue in memory, and with SQS without a reply queue
 * @throws StartError when the queue cannot be used
 */
export async function openReplySender(
  { QUEUE_URL, REPLY_QUEUE_URL }: { QUEUE_URL: QueueAddress; REPLY_QUEUE_URL?: string | undefined },
  options: { log: Log },
): Promise<ReplySender | undefined> {
  if (QUEUE_URL.engine === "bullmq")
    return (await import("./bullmq/replies.ts")).bullmqReplySender(QUEUE_URL.url, options);
  if (QUEUE_URL.engine === "memory" || REPLY_QUEUE_URL === undefined) return undefined;
  return (await import("./sqs/replies.ts")).sqsReplySender(REPLY_QUEUE_URL);
}

/**
 * Opens a client's end of the replies.
 * @param address that of QUEUE_URL with Redis, that of REPLY_QUEUE_URL with SQS
 * @throws StartError when the queue cannot be used
 */
export async function openReplyReceiver(
  { engine, url }: SharedQueueAddress,
  clientId: string,
  options: { log: Log },
): Promise<ReplyReceiver> {
  return engine === "sqs"
    ? (await import("./sqs/replies.ts")).sqsReplyReceiver(url, clientId)
    : (await import("./bullmq/replies.ts")).bullmqReplyReceiver(url, clientId, options);
}
