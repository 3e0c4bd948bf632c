import { settled } from "../../platform/settled.ts";

/** Of SQS, for every batch action. */
const BATCH = 10;
/** Batches under way at a time. */
const MOST = 8;
/**
 * Bytes in a batch. SQS takes 1 MiB, but took 256 KiB until 2025, as other servers still do.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
const MOST_BYTES = 256 * 1024;
/** How often an entry is tried that failed by no fault of ours while others of its batch went through. */
const ATTEMPTS = 3;
/** Milliseconds before an entry is tried again, doubling. */
const PAUSE = 100;

/** How the batch actions of SQS answer. */
interface BatchAnswer {
  Successful?: { Id: string | undefined }[] | undefined;
  Failed?:
    | {
        Id: string | undefined;
        SenderFault: boolean | undefined;
        Code: string | undefined;
        Message?: string | undefined;
      }[]
    | undefined;
}

interface Options<Entry> {
  request: (entries: (Entry & { Id: string })[]) => Promise<BatchAnswer>;
  bytesOf?: (entry: Entry) => number;
  /** Batches that may be under way without being full. The more, the less an entry waits; the fewer, the fewer requests. */
  few: number;
  random: () => number;
  /** Milliseconds until an entry is given up. */
  patience: number;
}

export interface Batcher<Entry> {
  /** Rejects when it failed or took too long; it may have gone through all the same. */
  add(entry: Entry): Promise<void>;
  /** Waits until nothing is pending, for `deadline` milliseconds at the most, and takes no more. */
  close(deadline: number): Promise<void>;
}

interface Pending<Entry> {
  entry: Entry;
  attempts: number;
  done: PromiseWithResolvers<void>;
  timer: NodeJS.Timeout;
}

/** One entry was refused while its batch was answered. */
export class EntryFailedError extends Error {
  override name = "EntryFailedError";
  /** Trying again is of no use. */
  senderFault: boolean;
  constructor(message: string, senderFault: boolean) {
    super(message);
    this.senderFault = senderFault;
  }
}

/** Whether an entry failed by its own fault: a batch is refused as too long only when it holds a single entry that is. */
export function isSenderFault(error: unknown): boolean {
  if (error instanceof EntryFailedError) return error.senderFault;
  return error instanceof Error && error.name.endsWith("BatchRequestTooLong");
}

/** Sends entries ten at a time: those that come in one turn of the event loop, or while others are under way, go together. */
export function batcher<Entry>(options: Options<Entry>): Batcher<Entry> {
  const { request, bytesOf = () => 0, few, random, patience } = options;
  const waiting: Pending<Entry>[] = [];
  const unsettled = new Set<Pending<Entry>>();
  let underWay = 0;
  let scheduled = false;
  let closed = false;

  function settle(pending: Pending<Entry>, error?: unknown): void {
    clearTimeout(pending.timer);
    unsettled.delete(pending);
    if (error === undefined) pending.done.resolve();
    else pending.done.reject(error);
  }

  function enter(pending: Pending<Entry>): void {
    waiting.push(pending);
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      flush();
    });
  }

  function flush(): void {
    while (waiting.length > 0 && underWay < (waiting.length < BATCH ? few : MOST)) void run(nextBatch());
  }

  function nextBatch(): Pending<Entry>[] {
    const batch: Pending<Entry>[] = [];
    let bytes = 0;
    while (batch.length < BATCH && waiting[0] !== undefined) {
      bytes += bytesOf(waiting[0].entry);
      if (batch.length > 0 && bytes > MOST_BYTES) break;
      // Whoever gave up while waiting is left out.
      batch.push(...waiting.splice(0, 1).filter((pending) => unsettled.has(pending)));
    }
    return batch;
  }

  async function run(batch: Pending<Entry>[]): Promise<void> {
    if (batch.length === 0) return;
    underWay += 1;
    try {
      const answer = await request(batch.map(({ entry }, index) => ({ ...entry, Id: String(index) })));
      for (const [index, pending] of batch.entries()) conclude(pending, String(index), answer);
    } catch (error) {
      // The SDK has tried again already.
      for (const pending of batch) settle(pending, error);
    }
    underWay -= 1;
    flush();
  }

  function conclude(
    pending: Pending<Entry>,
    id: string,
    { Successful = [], Failed = [] }: BatchAnswer,
  ): void {
    if (Successful.some(({ Id }) => Id === id)) return settle(pending);
    const failure = Failed.find(({ Id }) => Id === id);
    pending.attempts += 1;
    if (failure?.SenderFault !== true && pending.attempts < ATTEMPTS) return tryAgain(pending);
    const reason = `${failure?.Code ?? "no answer"}: ${failure?.Message ?? ""}`;
    settle(pending, new EntryFailedError(reason, failure?.SenderFault === true));
  }

  function tryAgain(pending: Pending<Entry>): void {
    const pause = PAUSE * 2 ** (pending.attempts - 1) * (0.5 + random() / 2);
    setTimeout(() => unsettled.has(pending) && enter(pending), pause);
  }

  return {
    add(entry) {
      if (closed) return Promise.reject(new Error("the queue is closed"));
      const giveUp = (): void => settle(pending, new Error(`SQS did not answer within ${patience} ms`));
      const pending: Pending<Entry> = {
        entry,
        attempts: 0,
        done: Promise.withResolvers<void>(),
        timer: setTimeout(giveUp, patience),
      };
      unsettled.add(pending);
      enter(pending);
      return pending.done.promise;
    },

    async close(deadline) {
      closed = true;
      await settled(
        [...unsettled].map(({ done }) => done.promise),
        deadline,
      );
      for (const pending of unsettled) settle(pending, new Error("the queue was closed"));
    },
  };
}
