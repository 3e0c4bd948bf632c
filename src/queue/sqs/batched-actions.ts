import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type BatchResultErrorEntry,
  type MessageAttributeValue,
} from "@aws-sdk/client-sqs";
import { settleWithin } from "../../platform/deadline.ts";
import { backoff } from "../queue.ts";
import type { SqsConnection } from "./connection.ts";

/** Limit of SQS on every batch action. */
const BATCH_SIZE = 10;
const MAX_CONCURRENT_BATCHES = 8;
/**
 * SQS takes 1 MiB per batch; until 2025, and on other servers still, it is 256 KiB.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
const MAX_BATCH_BYTES = 256 * 1024;
/** Upper bound of what a message's attributes add to its body. */
const MAX_ATTRIBUTE_BYTES = 4_096;
/** How often an entry is sent that failed although its batch succeeded. */
const MAX_ATTEMPTS_PER_ENTRY = 3;
const ENTRY_RETRY_DELAY_MS = 100;

export interface OutgoingMessage {
  MessageBody: string;
  /** Tenant of the message, by which SQS shares its deliveries fairly. */
  MessageGroupId?: string;
  /** At most 900. */
  DelaySeconds?: number;
  MessageAttributes?: Record<string, MessageAttributeValue>;
}

export type MessageActions = ReturnType<typeof messageActions>;

/** Returns the actions on the messages of one queue. They are sent in batches. Each rejects when it failed or timed out. */
export function messageActions({ client, timeouts, random, closing }: SqsConnection, QueueUrl: string) {
  const shared = { random, timeoutMs: timeouts.entryMs };
  const options = { abortSignal: closing.signal };
  const sends = batcher<OutgoingMessage>({
    ...shared,
    maxPartialBatches: 4,
    bytesOf: ({ MessageBody }) => Buffer.byteLength(MessageBody) + MAX_ATTRIBUTE_BYTES,
    request: (Entries) => client.send(new SendMessageBatchCommand({ QueueUrl, Entries }), options),
  });
  // Nobody waits for the other two, so larger batches are worth the delay.
  const deletes = batcher<{ ReceiptHandle: string }>({
    ...shared,
    maxPartialBatches: 2,
    request: (Entries) => client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }), options),
  });
  const visibilityChanges = batcher<{ ReceiptHandle: string; VisibilityTimeout: number }>({
    ...shared,
    maxPartialBatches: 2,
    request: (Entries) =>
      client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }), options),
  });
  return {
    send: (message: OutgoingMessage): Promise<void> => sends.add(message),
    delete: (ReceiptHandle: string): Promise<void> => deletes.add({ ReceiptHandle }),
    /** @param VisibilityTimeout in seconds from now, 0 to 43,200 */
    changeVisibility: (ReceiptHandle: string, VisibilityTimeout: number): Promise<void> =>
      visibilityChanges.add({ ReceiptHandle, VisibilityTimeout }),
    /** Waits for pending actions, for at most `deadlineMs`, and accepts no more. */
    async close(deadlineMs: number): Promise<void> {
      await Promise.all([sends, deletes, visibilityChanges].map((one) => one.close(deadlineMs)));
    },
  };
}

/** Response of a batch action. */
interface BatchResponse {
  Successful?: { Id: string | undefined }[] | undefined;
  Failed?: BatchResultErrorEntry[] | undefined;
}

interface BatcherOptions<Entry> {
  request: (entries: (Entry & { Id: string })[]) => Promise<BatchResponse>;
  bytesOf?: (entry: Entry) => number;
  /** Number of batches in progress above which only full ones are sent. Higher: shorter waits; lower: fewer requests. */
  maxPartialBatches: number;
  random: () => number;
  /** Time for an entry, retries included. */
  timeoutMs: number;
}

interface PendingEntry<Entry> {
  entry: Entry;
  attempts: number;
  done: PromiseWithResolvers<void>;
  timer: NodeJS.Timeout;
}

/** SQS refused one entry of a batch. */
export class EntryFailedError extends Error {
  override name = "EntryFailedError";
  /** Whether retrying is useless. */
  senderFault: boolean;
  constructor(message: string, senderFault: boolean) {
    super(message);
    this.senderFault = senderFault;
  }
}

/** Whether an entry itself is at fault. SQS refuses a batch of ours as too long only if it is a single entry that is too long. */
export function isSenderFault(error: unknown): boolean {
  if (error instanceof EntryFailedError) return error.senderFault;
  return error instanceof Error && error.name.endsWith("BatchRequestTooLong");
}

/** Sends entries in batches. A batch holds the entries of one turn of the event loop, or those that waited for earlier batches. */
export function batcher<Entry>(options: BatcherOptions<Entry>) {
  const { request, bytesOf = () => 0, maxPartialBatches, random, timeoutMs } = options;
  const waiting: PendingEntry<Entry>[] = [];
  const unsettled = new Set<PendingEntry<Entry>>();
  let inProgress = 0;
  let isScheduled = false;
  let isClosed = false;

  function settle(pending: PendingEntry<Entry>, error?: unknown): void {
    clearTimeout(pending.timer);
    unsettled.delete(pending);
    if (error === undefined) pending.done.resolve();
    else pending.done.reject(error);
  }

  function enqueue(pending: PendingEntry<Entry>): void {
    waiting.push(pending);
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      flush();
    });
  }

  function flush(): void {
    const isFull = (): boolean => waiting.length >= BATCH_SIZE;
    while (waiting.length > 0 && inProgress < (isFull() ? MAX_CONCURRENT_BATCHES : maxPartialBatches))
      void run(nextBatch());
  }

  function nextBatch(): PendingEntry<Entry>[] {
    const batch: PendingEntry<Entry>[] = [];
    let bytes = 0;
    while (batch.length < BATCH_SIZE && waiting[0] !== undefined) {
      bytes += bytesOf(waiting[0].entry);
      if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
      // Entries that timed out while they waited are left out.
      batch.push(...waiting.splice(0, 1).filter((pending) => unsettled.has(pending)));
    }
    return batch;
  }

  async function run(batch: PendingEntry<Entry>[]): Promise<void> {
    if (batch.length === 0) return;
    inProgress += 1;
    try {
      const response = await request(batch.map(({ entry }, index) => ({ ...entry, Id: String(index) })));
      for (const [index, pending] of batch.entries()) conclude(pending, String(index), response);
    } catch (error) {
      // Not retried here: the SDK has done that.
      for (const pending of batch) settle(pending, error);
    }
    inProgress -= 1;
    flush();
  }

  function conclude(pending: PendingEntry<Entry>, id: string, response: BatchResponse): void {
    if (response.Successful?.some(({ Id }) => Id === id)) return settle(pending);
    const failure = response.Failed?.find(({ Id }) => Id === id);
    const senderFault = failure?.SenderFault === true;
    pending.attempts += 1;
    if (senderFault || pending.attempts >= MAX_ATTEMPTS_PER_ENTRY) {
      const reason = `${failure?.Code ?? "no answer"}: ${failure?.Message ?? ""}`;
      return settle(pending, new EntryFailedError(reason, senderFault));
    }
    const delayMs = backoff(pending.attempts, { firstMs: ENTRY_RETRY_DELAY_MS, random });
    setTimeout(() => unsettled.has(pending) && enqueue(pending), delayMs);
  }

  return {
    /** Rejects when the entry failed or timed out. It may have succeeded nevertheless. */
    add(entry: Entry): Promise<void> {
      if (isClosed) return Promise.reject(new Error("the queue is closed"));
      const giveUp = (): void => settle(pending, new Error(`SQS did not answer within ${timeoutMs} ms`));
      const pending: PendingEntry<Entry> = {
        entry,
        attempts: 0,
        done: Promise.withResolvers<void>(),
        timer: setTimeout(giveUp, timeoutMs),
      };
      unsettled.add(pending);
      enqueue(pending);
      return pending.done.promise;
    },

    async close(deadlineMs: number): Promise<void> {
      isClosed = true;
      const results = [...unsettled].map(({ done }) => done.promise);
      await settleWithin(deadlineMs, results);
      for (const pending of unsettled) settle(pending, new Error("the queue was closed"));
    },
  };
}
