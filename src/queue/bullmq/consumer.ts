import { DelayedError, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { describeError, errorCode } from "../../platform/describe-error.ts";
import type { Log } from "../../platform/log.ts";
import { settleWithin } from "../../platform/deadline.ts";
import { loggedJobId, parseJob, type Job } from "../../jobs/job.ts";
import {
  DEFAULT_VISIBILITY_SECONDS,
  jobRetryDelay,
  MAX_ATTEMPTS,
  RetryLaterError,
  RefusedJobError,
  type Consumer,
  type DeadLetterCause,
  type DeadLetterObserver,
  type JobHandler,
  type QueueOptions,
} from "../queue.ts";
import { abortClient, closeClient } from "./connection.ts";
import { bodyOf, KEY_PREFIX, QUEUE_NAME, workerBackend, type BullJob } from "./job-queue.ts";

/**
 * BullMQ redelivers a dead worker's job after one lock duration and up to two checks for stalled jobs, so the lock is shorter than
 * the visibility timeout. By default, such a job is redelivered after 15 to 25 s.
 */
const LOCK_MS_PER_SECOND = 750;
const STALLED_CHECK_MS_PER_SECOND = 250;
/** How often a job is redelivered because its worker died. */
const MAX_STALLED_COUNT = 5;
/** Time for returning unfinished jobs to the queue when the consumer is stopped. */
const RELEASE_DEADLINE_MS = 1_000;
const CLOSE_DEADLINE_MS = 250;
/** Delay before BullMQ reports an outcome again after an outage prevented it. */
const REPORT_RETRY_DELAY_MS = 1_000;
const MAX_REASON_LENGTH = 1_000;
/** At most one refusal is logged in this time: BullMQ tries again at once, so a Redis that takes no writes refuses very often. */
const REFUSAL_LOG_INTERVAL_MS = 10_000;
/**
 * Concurrency of one BullMQ Worker. A Worker fetches jobs one after another, with a round trip each, and starts none before its
 * slots are full or the queue is empty. So several small Workers run in parallel, each with its own connection that waits for jobs.
 */
const SLOTS_PER_WORKER = 8;

/** Makes a job a dead letter. Its name tells BullMQ not to retry the job. */
class FinalError extends UnrecoverableError {
  override name = "UnrecoverableError";
  deadLetterCause: DeadLetterCause;
  constructor(error: unknown, cause: DeadLetterCause) {
    super(reasonOf(error));
    this.deadLetterCause = cause;
  }
}

/** The consumer was stopped and no longer waits for the handler. */
class Released extends Error {
  override name = "Released";
}

/**
 * Takes jobs from the queue with BullMQ Workers, which renew their locks and report the outcomes to Redis. Closes `client`, which
 * nothing else may use.
 */
export function bullmqConsumer(
  { client, handler, concurrency }: { client: Redis; handler: JobHandler; concurrency: number },
  options: QueueOptions,
): Consumer {
  const { log, observe, visibilitySeconds = DEFAULT_VISIBILITY_SECONDS } = options;
  const abandon = new AbortController();

  async function process(stored: BullJob, token: string | undefined): Promise<void> {
    const job = parseStored(stored, log);
    // Attempts that failed, were released, or were lost with their worker, and this one.
    const attempt = stored.attemptsMade + stored.stalledCounter + 1;
    const last = attempt >= MAX_ATTEMPTS;
    try {
      await unlessAborted(abandon.signal, () => handler(job, { attempt, last }));
    } catch (error) {
      if (error instanceof Released) {
        log.warn(logFields(stored), "stopped before a job was done; the job goes back to the queue");
        throw error;
      }
      if (error instanceof RetryLaterError) {
        // See https://docs.bullmq.io/patterns/process-step-jobs#delaying
        await stored.moveToDelayed(Date.now() + error.delayMs, token);
        throw new DelayedError();
      }
      if (error instanceof RefusedJobError) throw new FinalError(error, "refused");
      throw last ? new FinalError(error, "failed") : new Error(reasonOf(error));
    }
  }

  const backend = workerBackend(client);
  const workers = workerConcurrencies(concurrency).map((share, index) => {
    const workerOptions = {
      connection: client,
      prefix: KEY_PREFIX,
      concurrency: share,
      lockDuration: visibilitySeconds * LOCK_MS_PER_SECOND,
      stalledInterval: visibilitySeconds * STALLED_CHECK_MS_PER_SECOND,
      // The first Worker checks for all.
      skipStalledCheck: index > 0,
      maxStalledCount: MAX_STALLED_COUNT,
      runRetryDelay: REPORT_RETRY_DELAY_MS,
      settings: {
        // A released job is available to other consumers at once.
        backoffStrategy: (attempt: number, _type?: string, error?: Error) =>
          error instanceof Released ? 0 : Math.ceil(jobRetryDelay(attempt, options)),
      },
    };
    return new Worker<string, void>(QUEUE_NAME, process, workerOptions, backend);
  });
  observeWorkers(workers, log, observe);

  async function check(): Promise<void> {
    if (stopped !== undefined || !workers.every((worker) => worker.isRunning()))
      throw new Error("the consumer was stopped");
    const waiting = await Promise.all(workers.map(async (worker) => worker.getBackend().blockingClient));
    if ([client, ...waiting].some((connection) => connection?.status !== "ready"))
      throw new Error("the consumer's connection to Redis is lost");
  }

  async function stop(deadlineMs: number): Promise<void> {
    const closed = workers.map((worker) => worker.close());
    if (!(await settleWithin(deadlineMs, closed))) abandon.abort(new Released());
    if (!(await settleWithin(RELEASE_DEADLINE_MS, closed))) {
      // BullMQ itself would wait for the end of an outage.
      for (const worker of workers) void worker.getBackend().blockingClient?.then(abortClient);
      abortClient(client);
      await settleWithin(CLOSE_DEADLINE_MS, closed);
    }
    await closeClient(client, CLOSE_DEADLINE_MS);
  }

  let stopped: Promise<void> | undefined;
  return { check, stop: (deadlineMs) => (stopped ??= stop(deadlineMs)) };
}

/**
 * Waits for work, but rejects as soon as the signal aborts. Each call has a separate promise, because one that all jobs share would
 * keep every race in memory.
 */
async function unlessAborted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Splits the concurrency evenly among as few Workers as possible. */
function workerConcurrencies(concurrency: number): number[] {
  const workers = Math.ceil(concurrency / SLOTS_PER_WORKER);
  return Array.from({ length: workers }, (_, index) => Math.floor((concurrency + index) / workers));
}

function parseStored(stored: BullJob, log: Log): Job {
  try {
    return parseJob(bodyOf(stored));
  } catch (error) {
    const fields = { err: error, ...logFields(stored) };
    log.error(fields, "a message is not a valid job; moving it to the dead-letter queue");
    throw new FinalError(error, "unreadable");
  }
}

function logFields(stored: BullJob): { job: string | undefined; interaction: string | undefined } {
  return { job: stored.id, interaction: loggedJobId(bodyOf(stored)) };
}

function reasonOf(error: unknown): string {
  return describeError(error).slice(0, MAX_REASON_LENGTH) || "unknown";
}

/** Logs the commands that Redis refuses, and reports dead letters to the observer. */
function observeWorkers(workers: Worker<string, void>[], log: Log, observe?: DeadLetterObserver): void {
  let quietUntil = 0;

  function logError(error: Error): void {
    const isOutage = errorCode(error) !== undefined || /closed|time-?out/i.test(error.message);
    // Outages are logged where the connections are watched.
    if (isOutage) return log.debug({ err: error }, "a connection of the queue failed");
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + REFUSAL_LOG_INTERVAL_MS;
    log.warn({ err: error }, "Redis refused a command of the queue; jobs that are not done are redelivered");
  }

  function observeFailure(stored: BullJob | undefined, error: Error): void {
    // BullMQ itself fails a job whose workers died too often.
    if (stored?.deferredFailure) {
      log.error(logFields(stored), `moved a job to the dead-letter queue: ${error.message}`);
      observe?.deadLettered("abandoned");
    } else if (error instanceof FinalError) observe?.deadLettered(error.deadLetterCause);
  }

  for (const worker of workers) worker.on("error", logError).on("failed", observeFailure);
}
