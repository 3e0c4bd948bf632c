import type { Log } from "../../platform/log.ts";
import { settleWithin } from "../../platform/deadline.ts";
import { outageLog } from "../outage-log.ts";
import { backoff } from "../queue.ts";

/** Limit of SQS on one ReceiveMessage. */
const MAX_MESSAGES_PER_POLL = 10;
/** Enough to fill 256 slots within two round trips. */
const MAX_CONCURRENT_POLLS = 16;
/** An older poll is waiting for jobs; a younger one may be about to return some. */
const ROUND_TRIP_MS = 1_000;
const FIRST_RETRY_DELAY_MS = 500;
const MAX_RETRY_DELAY_MS = 20_000;

interface PollerOptions<Message> {
  /** Receives at most `max` messages. With `wait`, it waits for the first one. */
  receive: (max: number, wait: boolean, signal: AbortSignal) => Promise<Message[]>;
  /** Resolves when the slot of the message is free again. */
  take: (message: Message) => Promise<void>;
  /** Returns a message that arrived too late to be taken. */
  release: (message: Message) => Promise<void>;
  /** Number of messages taken at a time. */
  slots: number;
  random: () => number;
  /** Delay before polling again after an outage began. It doubles with each further failure. */
  pollRetryDelayMs?: number | undefined;
  log: Log;
}

interface Poll {
  /** Time by `performance.now()`. */
  startedAt: number;
  abort: AbortController;
  /** Never rejects. */
  ended: Promise<void>;
}

/**
 * Keeps the slots filled. While there is little to do, a single long poll waits for messages. Each poll that returns as many
 * messages as it asked for doubles the number of concurrent polls; one that returns none, or fails, resets it to one.
 */
export function poller<Message>(options: PollerOptions<Message>) {
  const { receive, take, release, slots, random, log, pollRetryDelayMs = FIRST_RETRY_DELAY_MS } = options;
  const outage = outageLog(log, {
    began: "cannot receive jobs from SQS; retrying until it works",
    ended: "receiving jobs from SQS again",
  });
  const polls = new Set<Poll>();
  let isStopping = false;
  let free = slots;
  let maxPolls = 1;
  let pause: NodeJS.Timeout | undefined;

  function fill(): void {
    while (mayPoll()) {
      const abort = new AbortController();
      const ended = run(Math.min(MAX_MESSAGES_PER_POLL, free), abort.signal);
      const poll: Poll = { startedAt: performance.now(), abort, ended };
      polls.add(poll);
      void ended.then(() => polls.delete(poll)).then(fill);
    }
  }

  /** The first poll starts when any slot is free. Each further poll waits for enough free slots to ask for a full batch. */
  function mayPoll(): boolean {
    if (isStopping || pause !== undefined || polls.size >= maxPolls) return false;
    return polls.size === 0 ? free > 0 : free >= MAX_MESSAGES_PER_POLL;
  }

  async function run(max: number, signal: AbortSignal): Promise<void> {
    free -= max;
    try {
      const messages = await receive(max, !outage.isOngoing(), signal);
      outage.recovered();
      if (messages.length === 0) maxPolls = 1;
      else if (messages.length >= max) maxPolls = Math.min(maxPolls * 2, MAX_CONCURRENT_POLLS);
      free += max - messages.length;
      for (const message of messages) void (isStopping ? release : take)(message).then(freeSlot);
    } catch (error) {
      free += max;
      if (!isStopping) backOff(error);
    }
  }

  function freeSlot(): void {
    free += 1;
    fill();
  }

  function backOff(error: unknown): void {
    maxPolls = 1;
    // Concurrent polls that fail together count as one failure.
    if (pause !== undefined) return;
    const failures = outage.failed(error);
    const delayMs = backoff(failures, { firstMs: pollRetryDelayMs, maxMs: MAX_RETRY_DELAY_MS, random });
    pause = setTimeout(() => {
      pause = undefined;
      fill();
    }, delayMs);
  }

  async function end({ startedAt, abort, ended }: Poll, deadlineMs: number): Promise<void> {
    const leftMs = Math.max(0, startedAt + ROUND_TRIP_MS - performance.now());
    if (!(await settleWithin(Math.min(leftMs, deadlineMs), [ended]))) abort.abort();
    await ended;
  }

  // Deferred, so that the caller has its consumer before the first job arrives.
  queueMicrotask(fill);
  return {
    /** @throws Error with the reason when no messages can be received now */
    check(): void {
      if (isStopping) throw new Error("the consumer was stopped");
      if (outage.isOngoing()) throw new Error("cannot receive jobs from SQS");
    },
    /**
     * Starts no more polls and resolves when none is in progress, after at most a second or `deadlineMs`. Polls that are younger
     * than a second get time to return, because messages that SQS returns to an aborted poll stay hidden until their visibility
     * timeout ends. Messages that arrive meanwhile are released, which SQS counts as a delivery.
     */
    async stop(deadlineMs: number): Promise<void> {
      isStopping = true;
      clearTimeout(pause);
      await Promise.all([...polls].map((poll) => end(poll, deadlineMs)));
    },
  };
}
