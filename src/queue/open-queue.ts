import type { Log } from "../platform/log.ts";
import type { DeadLetterObserver, JobQueue, OpenSender } from "./queue.ts";
import type { QueueAddress, SharedQueueAddress } from "./queue-address.ts";
import type { ReplyReceiver, ReplySender } from "./reply.ts";

interface Options {
  log: Log;
}

interface ConsumerOptions extends Options {
  observe?: DeadLetterObserver | undefined;
  /** Milliseconds before a failed job's second attempt (default: RETRY_DELAY_MS). */
  firstDelay?: number;
  /** Seconds until the jobs of a worker that died come to another (default: VISIBILITY_SECONDS). */
  visibility?: number;
}

/**
 * The queue that QUEUE_URL names, for a process that takes jobs from it.
 * @throws StartError when it cannot be used
 */
export async function openQueue(
  { engine, url }: SharedQueueAddress,
  options: ConsumerOptions,
): Promise<JobQueue> {
  if (engine === "sqs") {
    const { sqsQueue } = await import("./sqs/sqs-queue.ts");
    return sqsQueue(url, options);
  }
  const { bullmqQueue } = await import("./bullmq/bullmq-queue.ts");
  return bullmqQueue(url, options);
}

/**
 * The same for a process that only sends, and may do no more.
 * @throws StartError when it cannot be used
 */
export async function openSender({ engine, url }: SharedQueueAddress, options: Options): Promise<OpenSender> {
  if (engine === "sqs") {
    const { sqsSender } = await import("./sqs/sqs-queue.ts");
    return sqsSender(url);
  }
  const { bullmqSender } = await import("./bullmq/bullmq-queue.ts");
  return bullmqSender(url, options);
}

interface Addresses {
  QUEUE_URL: QueueAddress;
  /** Redis needs none. */
  REPLY_QUEUE_URL?: string | undefined;
}

/**
 * The worker's end of the replies to clients without Discord; undefined where there can be none.
 * @throws StartError when it cannot be used
 */
export async function openReplySender(
  { QUEUE_URL, REPLY_QUEUE_URL }: Addresses,
  options: Options,
): Promise<ReplySender | undefined> {
  if (QUEUE_URL.engine === "bullmq") {
    const { bullmqReplySender } = await import("./bullmq/replies.ts");
    return bullmqReplySender(QUEUE_URL.url, options);
  }
  if (QUEUE_URL.engine === "memory" || REPLY_QUEUE_URL === undefined) return undefined;
  const { sqsReplySender } = await import("./sqs/replies.ts");
  return sqsReplySender(REPLY_QUEUE_URL);
}

/**
 * A client's end of them.
 * @param queue what QUEUE_URL names or, of SQS, REPLY_QUEUE_URL
 * @param client its id
 * @throws StartError when it cannot be used
 */
export async function openReplyReceiver(
  { engine, url }: SharedQueueAddress,
  client: string,
  options: Options,
): Promise<ReplyReceiver> {
  if (engine === "sqs") {
    const { sqsReplyReceiver } = await import("./sqs/replies.ts");
    return sqsReplyReceiver(url, client);
  }
  const { bullmqReplyReceiver } = await import("./bullmq/replies.ts");
  return bullmqReplyReceiver(url, client, options);
}
