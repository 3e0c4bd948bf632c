import type { Job } from "../jobs/job.ts";
import type { Log } from "../platform/log.ts";

/** Number of attempts after which a job that keeps failing becomes a dead letter. */
export const MAX_ATTEMPTS = 5;
export const DEFAULT_VISIBILITY_SECONDS = 20;
export const DEFAULT_RETRY_DELAY_MS = 2_000;
/** With this growth and the default delay, the pauses between five attempts add up to 85 to 170 s. docs/failure-modes.md has the sum. */
const RETRY_DELAY_GROWTH = 4;

/** Options of every engine for a process that handles jobs. */
export interface QueueOptions {
  log: Log;
  observe?: DeadLetterObserver | undefined;
  /** Delay before a job's second attempt; default DEFAULT_RETRY_DELAY_MS. */
  retryDelayMs?: number;
  /** Visibility timeout of SQS and BullMQ; default DEFAULT_VISIBILITY_SECONDS. */
  visibilitySeconds?: number;
  /** Replaces Math.random. */
  random?: () => number;
}

export interface JobSender {
  /**
   * Resolves when the queue has stored the job. When it rejects, the job may be stored nevertheless: a time-out can hide a send
   * that succeeded.
   */
  send(job: Job): Promise<void>;
}

/** A connection to a queue that is used only for sending. */
export interface OpenSender extends JobSender {
  /** Resolves when the queue can be used now. Rejects with a reason that an operator can act on. */
  check(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * A queue of jobs. Every engine gives these guarantees, which test/queue holds them to:
 *
 * - **At least once.** A job that was sent is delivered until its handler resolves or it becomes a dead letter. It may be delivered
 *   more than once, in rare cases at the same time, so handlers must be idempotent by job id.
 * - **In any order.** Jobs may be delivered in another order than they were sent in.
 * - **Visibility.** While a job is being handled, it is hidden from other consumers. When its worker dies, the job is redelivered
 *   after the visibility timeout, and the lost attempt counts.
 * - **Retries.** When a handler throws, the job is redelivered with exponential backoff, up to MAX_ATTEMPTS attempts.
 * - **Dead letters.** A job goes to the dead-letter queue when its last attempt fails, when its handler refuses it, when it cannot
 *   be parsed, or when it was lost with its worker too often.
 *
 * The queue in memory keeps these guarantees only while its process runs.
 */
export interface JobQueue extends OpenSender {
  /** Delivers jobs to the handler, at most `concurrency` at a time. */
  consume(handler: JobHandler, options: { concurrency: number }): Consumer;
  /** Lists all dead letters, oldest first. */
  deadLetters(): Promise<DeadLetter[]>;
  /**
   * Sends dead letters back to the queue, where their attempts count from 1 again.
   * @param ids default: all
   * @returns the ids that existed. A rejection does not undo what was already sent.
   */
  retryDeadLetters(ids?: readonly string[]): Promise<string[]>;
  /**
   * Deletes dead letters.
   * @returns the ids that existed. A rejection does not undo what was already deleted.
   */
  dropDeadLetters(ids: readonly string[]): Promise<string[]>;
  /**
   * Gives each job that waits for a retry its last attempt now, so that people get an answer. Only the queue in memory has this
   * method, because its jobs end with the process.
   * @returns the ids of the jobs that are not done after `deadlineMs`
   */
  drain?(deadlineMs: number): Promise<string[]>;
}

/** Thrown by a handler that cannot take the job now. The job is redelivered later, and the attempt does not count. */
export class RetryLaterError extends Error {
  override name = "RetryLaterError";
  /** At most 15 minutes. */
  delayMs: number;
  constructor(delayMs: number) {
    super(`postponed by ${delayMs} ms`);
    this.delayMs = delayMs;
  }
}

/** Thrown by a handler for a job that must never run. The job goes to the dead-letter queue at once. */
export class RefusedJobError extends Error {
  override name = "RefusedJobError";
}

/** Resolves when the job is done. Throws to have it retried. */
export type JobHandler = (job: Job, delivery: Delivery) => Promise<void>;

export interface Delivery {
  /** 1 at the first delivery. */
  attempt: number;
  /** Whether the job becomes a dead letter when this attempt throws. */
  last: boolean;
}

export interface Consumer {
  /** Rejects with the reason when no jobs can be received now. */
  check(): Promise<void>;
  /**
   * Receives no more jobs, and resolves when those in progress are done, or after `deadlineMs`. Jobs that are not done by then go
   * back to the queue.
   */
  stop(deadlineMs: number): Promise<void>;
}

export type DeadLetterCause =
  /** The last attempt failed. */
  | "failed"
  /** The message could not be parsed as a job. */
  | "unreadable"
  /** The handler threw RefusedJobError. */
  | "refused"
  /** Its workers died, or lost contact, each time. */
  | "abandoned";

/** Hears of each job that this process moves to the dead-letter queue. */
export interface DeadLetterObserver {
  deadLettered(cause: DeadLetterCause): void;
}

export interface DeadLetter {
  /** The engine's id of the message. */
  id: string;
  /** The text that was sent. */
  body: string;
  reason: string;
  /** When it became a dead letter, if the engine knows. */
  at?: Date;
}

/**
 * Exponential backoff: returns the delay in milliseconds after attempt 1, 2, 3, … Up to half of it is cut off at random, so that
 * requests that failed together are not retried together.
 */
export function backoff(
  attempt: number,
  options: { firstMs: number; maxMs?: number; growth?: number; random: () => number },
): number {
  const { firstMs, maxMs = Infinity, growth = 2, random } = options;
  return Math.min(firstMs * growth ** (attempt - 1), maxMs) * (0.5 + random() / 2);
}

/** The delay before a job is retried whose attempt 1, 2, 3, … failed, in milliseconds. */
export function jobRetryDelay(
  attempt: number,
  options: Pick<QueueOptions, "retryDelayMs" | "random">,
): number {
  const { retryDelayMs = DEFAULT_RETRY_DELAY_MS, random = Math.random } = options;
  return backoff(attempt, { firstMs: retryDelayMs, growth: RETRY_DELAY_GROWTH, random });
}
