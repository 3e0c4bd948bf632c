import type { Job } from "../jobs/job.ts";

/** Deliveries of a job before it goes to the dead letters. */
export const MAX_ATTEMPTS = 5;
/** Default for the seconds until the jobs of a worker that died are delivered to another. */
export const VISIBILITY_SECONDS = 20;
/** Default for the milliseconds before a failed job's second attempt. */
export const RETRY_DELAY_MS = 2_000;

export interface JobSender {
  /**
   * Resolves when the queue has taken the job. A rejection may be a time-out of a send that has succeeded, so the job
   * can be delivered all the same.
   */
  send(job: Job): Promise<void>;
}

/** The queue as a process has it that only sends. */
export interface OpenSender extends JobSender {
  /** Resolves when the queue answers; rejects with the reason, for whoever runs the process, when it cannot be used just now. */
  check(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** What every engine promises, and no more: each job taken is delivered at least once, in any order. */
export interface JobQueue extends OpenSender {
  /** Hands jobs to the handler, at most `concurrency` at a time. A handler that throws gets the job again, later, unless it refused it. */
  consume(handler: JobHandler, options: { concurrency: number }): Consumer;
  /** Jobs that failed five times, were refused or did not parse, oldest first. */
  deadLetters(): Promise<DeadLetter[]>;
  /**
   * Delivers dead letters anew, those with these ids or all, as if for the first time. Resolves with the ids of those that
   * there were; a rejection leaves done what was done before.
   */
  retryDeadLetters(ids?: readonly string[]): Promise<string[]>;
  /** Forgets the dead letters with these ids. Resolves and rejects as above. */
  dropDeadLetters(ids: readonly string[]): Promise<string[]>;
  /**
   * Only of a queue that ends with its process: what waits for another attempt gets it now, as its last, so that people are
   * told. Resolves with the ids of the jobs that are not done after `deadline` milliseconds.
   */
  drain?(deadline: number): Promise<string[]>;
}

/** Thrown by a handler that cannot take the job now: it is delivered again after a while, and the attempt does not count. */
export class RetryLaterError extends Error {
  override name = "RetryLaterError";
  /** Milliseconds, at most 15 minutes. */
  delay: number;
  constructor(delay: number) {
    super(`postponed by ${delay} ms`);
    this.delay = delay;
  }
}

/** Thrown by a handler for a job that must not be run, now or later: it goes to the dead letters at once. */
export class RefusedJobError extends Error {
  override name = "RefusedJobError";
}

export type JobHandler = (job: Job, delivery: Delivery) => Promise<void>;

export interface Delivery {
  /** 1 at the first delivery. */
  attempt: number;
  /** When this attempt throws, the job goes to the dead letters. */
  last: boolean;
}

export interface Consumer {
  /** Rejects, with the reason, when it takes no jobs just now. */
  check(): Promise<void>;
  /**
   * Takes no more jobs and resolves when those held are done, or after `deadline` milliseconds. What is not done by then
   * will be delivered again.
   */
  stop(deadline: number): Promise<void>;
}

/** Its handler failed for the last time; it is no job; its handler refused it; or its workers died with it. */
export type DeadLetterCause = "failed" | "unreadable" | "refused" | "abandoned";

/** Told of what a queue has put with the dead letters. */
export interface DeadLetterObserver {
  buried(cause: DeadLetterCause): void;
}

export interface DeadLetter {
  /** What the engine calls it. */
  id: string;
  /** As it was sent. */
  body: string;
  reason: string;
  /** When it became one, where the engine knows. */
  at?: Date;
}
