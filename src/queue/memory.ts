import { describeError } from "../platform/describe-error.ts";
import { settleWithin } from "../platform/deadline.ts";
import { formatJob, loggedJobId, jobId, parseJob, type Job } from "../jobs/job.ts";
import {
  jobRetryDelay,
  MAX_ATTEMPTS,
  RetryLaterError,
  RefusedJobError,
  type DeadLetter,
  type DeadLetterCause,
  type JobHandler,
  type JobQueue,
  type QueueOptions,
} from "./queue.ts";

interface Entry {
  body: string;
  attempt: number;
}

interface MemoryQueue extends Required<JobQueue> {
  /** Sends a text that need not be a job, as anyone with access to another engine could. */
  sendBody(body: string): void;
}

/**
 * Creates a queue that ends with this process. It keeps bodies as text, so that a job arrives exactly as it would from the other
 * engines.
 */
export function memoryQueue(options: Omit<QueueOptions, "visibilitySeconds">): MemoryQueue {
  const { log, observe } = options;
  const waiting: Entry[] = [];
  const delayed = new Map<Entry, NodeJS.Timeout>();
  const unfinished = new Set<Entry>();
  const dead = new Map<string, DeadLetter>();
  const pulls = new Set<() => void>();
  const whenDrained = new Set<() => void>();
  let isDraining = false;
  let deadLetterCount = 0;

  function enqueue(entry: Entry): void {
    unfinished.add(entry);
    waiting.push(entry);
    offer();
  }

  /** Offers jobs to the consumers in turn: one that takes a job moves to the end of the set, where this loop reaches it again. */
  function offer(): void {
    for (const pull of pulls) if (waiting.length > 0) pull();
  }

  function finish(entry: Entry): void {
    unfinished.delete(entry);
    if (unfinished.size === 0) for (const resolve of whenDrained) resolve();
  }

  function moveToDeadLetters(entry: Entry, error: unknown, cause: DeadLetterCause): void {
    const id = String((deadLetterCount += 1));
    dead.set(id, { id, body: entry.body, reason: describeError(error), at: new Date() });
    observe?.deadLettered(cause);
    finish(entry);
  }

  function takeDeadLetters(ids: readonly string[]): DeadLetter[] {
    return ids.flatMap((id) => {
      const taken = dead.get(id) ?? [];
      dead.delete(id);
      return taken;
    });
  }

  function enqueueNow(entry: Entry): void {
    clearTimeout(delayed.get(entry));
    delayed.delete(entry);
    enqueue(entry);
  }

  function enqueueLater(entry: Entry, delayMs: number): void {
    unfinished.add(entry);
    delayed.set(entry, setTimeout(enqueueNow, delayMs, entry));
  }

  async function deliver(entry: Entry, handler: JobHandler, abandoned: AbortSignal): Promise<void> {
    let job: Job;
    try {
      job = parseJob(entry.body);
    } catch (error) {
      const fields = { err: error, interaction: loggedJobId(entry.body) };
      log.error(fields, "a message is not a valid job; moving it to the dead-letter queue");
      return moveToDeadLetters(entry, error, "unreadable");
    }
    const last = isDraining || entry.attempt >= MAX_ATTEMPTS;
    try {
      await handler(job, { attempt: entry.attempt, last });
      if (!abandoned.aborted) finish(entry);
    } catch (error) {
      if (abandoned.aborted) return;
      if (error instanceof RetryLaterError) return enqueueLater(entry, error.delayMs);
      if (error instanceof RefusedJobError) return moveToDeadLetters(entry, error, "refused");
      if (last) return moveToDeadLetters(entry, error, "failed");
      const delayMs = isDraining ? 0 : jobRetryDelay(entry.attempt, options);
      entry.attempt += 1;
      enqueueLater(entry, delayMs);
    }
  }

  return {
    sendBody: (body) => enqueue({ body, attempt: 1 }),

    // Async, so that an invalid job rejects, as with the other engines, and does not throw.
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
      // Deferred, so that the caller has its consumer before the first job arrives.
      queueMicrotask(offer);
      return {
        async check() {
          if (!pulls.has(pull)) throw new Error("the consumer was stopped");
        },
        async stop(deadlineMs) {
          pulls.delete(pull);
          if (await settleWithin(deadlineMs, [...held.values()])) return;
          abandon.abort();
          for (const entry of held.keys()) {
            held.delete(entry);
            unfinished.delete(entry);
            // As a new entry: the outcome of the abandoned handler is ignored.
            enqueue({ body: entry.body, attempt: entry.attempt + 1 });
          }
        },
      };
    },

    async deadLetters() {
      return [...dead.values()];
    },

    async retryDeadLetters(ids = [...dead.keys()]) {
      const taken = takeDeadLetters(ids);
      for (const { body } of taken) enqueue({ body, attempt: 1 });
      return taken.map(({ id }) => id);
    },

    async dropDeadLetters(ids) {
      return takeDeadLetters(ids).map(({ id }) => id);
    },

    async drain(deadlineMs) {
      isDraining = true;
      for (const entry of delayed.keys()) enqueueNow(entry);
      if (unfinished.size > 0)
        await settleWithin(deadlineMs, [new Promise<void>((resolve) => whenDrained.add(resolve))]);
      return [...unfinished].map(({ body }) => jobId(parseJob(body)));
    },

    async check() {},
    async close() {
      for (const timer of delayed.values()) clearTimeout(timer);
    },
  };
}
