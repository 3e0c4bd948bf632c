import type { Log } from "../platform/log.ts";
import { backoff } from "./backoff.ts";
import { formatJob, interactionIn, jobId, parseJob, type Job } from "../jobs/job.ts";
import {
  MAX_ATTEMPTS,
  RetryLaterError,
  RefusedJobError,
  RETRY_DELAY_MS,
  type DeadLetter,
  type DeadLetterCause,
  type DeadLetterObserver,
  type JobHandler,
  type JobQueue,
} from "./queue.ts";
import { settled } from "../platform/settled.ts";
import { describeError } from "../platform/describe-error.ts";

interface Entry {
  body: string;
  attempt: number;
}

interface MemoryQueue extends JobQueue {
  /** Sends text that need not be a job, as other engines may deliver it. */
  sendBody(body: string): void;
  drain(deadline: number): Promise<string[]>;
}

interface Options {
  log: Log;
  observe?: DeadLetterObserver | undefined;
  random?: () => number;
  /** Milliseconds before the second attempt; each further wait is four times as long. */
  firstDelay?: number;
}

/** Jobs of one process; they end with it. Bodies are kept as text, so that what crosses is what crosses elsewhere. */
export function memoryQueue(options: Options): MemoryQueue {
  const { log, observe, random = Math.random, firstDelay = RETRY_DELAY_MS } = options;
  const waiting: Entry[] = [];
  const delayed = new Map<Entry, NodeJS.Timeout>();
  const unfinished = new Set<Entry>();
  const dead = new Map<string, DeadLetter>();
  const pulls = new Set<() => void>();
  const whenDrained = new Set<() => void>();
  let draining = false;
  let buried = 0;

  function enqueue(entry: Entry): void {
    unfinished.add(entry);
    waiting.push(entry);
    offer();
  }

  /** Consumers take turns: each that takes a job goes to the end of the set, where this loop meets it again. */
  function offer(): void {
    for (const pull of pulls) if (waiting.length > 0) pull();
  }

  function finish(entry: Entry): void {
    unfinished.delete(entry);
    if (unfinished.size === 0) for (const resolve of whenDrained) resolve();
  }

  function bury(entry: Entry, error: unknown, cause: DeadLetterCause): void {
    const id = String((buried += 1));
    const reason = describeError(error);
    dead.set(id, { id, body: entry.body, reason, at: new Date() });
    observe?.buried(cause);
    finish(entry);
  }

  /** @returns those that there were */
  function exhume(ids: readonly string[]): DeadLetter[] {
    return ids.flatMap((id) => {
      const letter = dead.get(id);
      dead.delete(id);
      return letter === undefined ? [] : [letter];
    });
  }

  function enqueueNow(entry: Entry): void {
    clearTimeout(delayed.get(entry));
    delayed.delete(entry);
    enqueue(entry);
  }

  function enqueueLater(entry: Entry, wait: number): void {
    unfinished.add(entry);
    delayed.set(
      entry,
      setTimeout(() => enqueueNow(entry), wait),
    );
  }

  async function deliver(entry: Entry, handler: JobHandler, abandoned: AbortSignal): Promise<void> {
    const last = draining || entry.attempt >= MAX_ATTEMPTS;
    const job = parsed(entry);
    if (job === undefined) return;
    try {
      await handler(job, { attempt: entry.attempt, last });
      if (!abandoned.aborted) finish(entry);
    } catch (error) {
      if (abandoned.aborted) return;
      if (error instanceof RetryLaterError) return enqueueLater(entry, error.delay);
      if (error instanceof RefusedJobError) return bury(entry, error, "refused");
      if (last) return bury(entry, error, "failed");
      const wait = draining ? 0 : backoff(entry.attempt, firstDelay, random);
      entry.attempt += 1;
      enqueueLater(entry, wait);
    }
  }

  function parsed(entry: Entry): Job | undefined {
    try {
      return parseJob(entry.body);
    } catch (error) {
      log.error(
        { err: error, interaction: interactionIn(entry.body) },
        "a job that does not parse went to the dead letters",
      );
      bury(entry, error, "unreadable");
      return undefined;
    }
  }

  return {
    sendBody: (body) => enqueue({ body, attempt: 1 }),

    // Async, so that a job that cannot be formatted rejects as it would elsewhere.
    async send(job) {
      enqueue({ body: formatJob(job), attempt: 1 });
    },

    consume(handler, { concurrency }) {
      const held = new Map<Entry, Promise<void>>();
      const abandon = new AbortController();

      function pull(): void {
        if (held.size >= concurrency || !pulls.delete(pull)) return;
        pulls.add(pull);
        const entry = waiting.shift();
        if (entry === undefined) return;
        const work = deliver(entry, handler, abandon.signal).finally(() => {
          held.delete(entry);
          offer();
        });
        held.set(entry, work);
      }

      pulls.add(pull);
      // Not at once: the caller gets its consumer before the first job arrives.
      queueMicrotask(offer);
      return {
        async check() {
          if (!pulls.has(pull)) throw new Error("it was stopped");
        },
        async stop(deadline) {
          pulls.delete(pull);
          if (await settled([...held.values()], deadline)) return;
          abandon.abort();
          for (const entry of held.keys()) {
            held.delete(entry);
            unfinished.delete(entry);
            // Another entry: what becomes of this one no longer counts.
            enqueue({ body: entry.body, attempt: entry.attempt + 1 });
          }
        },
      };
    },

    async deadLetters() {
      return [...dead.values()];
    },

    async retryDeadLetters(ids = [...dead.keys()]) {
      const letters = exhume(ids);
      for (const { body } of letters) enqueue({ body, attempt: 1 });
      return letters.map(({ id }) => id);
    },

    async dropDeadLetters(ids) {
      return exhume(ids).map(({ id }) => id);
    },

    async drain(deadline) {
      draining = true;
      for (const entry of delayed.keys()) enqueueNow(entry);
      if (unfinished.size > 0) {
        await settled([new Promise<void>((resolve) => whenDrained.add(resolve))], deadline);
      }
      return [...unfinished].map(({ body }) => jobId(parseJob(body)));
    },

    // It ends with its process.
    async check() {},

    async close() {
      for (const timer of delayed.values()) clearTimeout(timer);
    },
  };
}
