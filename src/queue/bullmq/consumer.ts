import { DelayedError, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Log } from "../../platform/log.ts";
import { settled } from "../../platform/settled.ts";
import { backoff } from "../backoff.ts";
import { interactionIn, parseJob, type Job } from "../../jobs/job.ts";
import {
  MAX_ATTEMPTS,
  RetryLaterError,
  RefusedJobError,
  type Consumer,
  type DeadLetterCause,
  type DeadLetterObserver,
  type JobHandler,
} from "../queue.ts";
import { closeClient, cutOff } from "./client.ts";
import { workerBackend } from "./worker-backend.ts";
import { bodyOf, KEY_PREFIX, QUEUE_NAME, type BullJob } from "./job-queue.ts";
import { describeError, errorCode } from "../../platform/describe-error.ts";

/** How often a job may come back from workers that died with it. */
const MOST_DEATHS = 5;
/** Milliseconds for giving back what is not done when the consumer is stopped. */
const GIVING_BACK = 1_000;
/** Milliseconds for closing a connection. */
const CLOSING = 250;
/** Milliseconds before telling Redis again what it could not be told for an outage. */
const RETRY_DELAY = 1_000;
const LONGEST_REASON = 1_000;
/** Milliseconds in which refusals are told once: BullMQ asks again at once, so that of a Redis that takes no writes there are many. */
const QUIET = 10_000;
/**
 * Jobs at a time of one Worker of BullMQ. It fetches one after the other, each by an exchange with Redis of its own, and begins
 * with none before its places are full or the queue is empty. So a few of them work side by side, each with another connection
 * to wait on.
 */
const PLACES = 8;

export interface ConsumerOptions {
  log: Log;
  observe?: DeadLetterObserver | undefined;
  /** From 0 up to, not including, 1. */
  random: () => number;
  /** Milliseconds before the second attempt. */
  firstDelay: number;
  /** Milliseconds for which a job stays with a worker that does not renew its hold on it, as it died. */
  lockDuration: number;
  /** Milliseconds between looks for such jobs; each comes to others within `lockDuration` and two of these. */
  stalledInterval: number;
}

interface Parts {
  /** Of this consumer alone, which closes it. */
  client: Redis;
  handler: JobHandler;
  concurrency: number;
}

type BullWorker = Worker<string, void>;

/** What was sent is no job. */
class Unreadable extends UnrecoverableError {
  override name = "UnrecoverableError";
}

/** The handler does not take it. */
class Refused extends UnrecoverableError {
  override name = "UnrecoverableError";
}

/** The consumer was stopped and waits for the handler no more. */
class GivenBack extends Error {
  override name = "GivenBack";
}

/** Takes jobs from the queue. BullMQ renews its hold on them, and tells Redis what became of each. */
export function bullmqConsumer(
  { client, handler, concurrency }: Parts,
  { log, observe, random, firstDelay, lockDuration, stalledInterval }: ConsumerOptions,
): Consumer {
  const abandon = new AbortController();

  async function process(stored: BullJob, token: string | undefined): Promise<void> {
    const job = parsed(stored, log);
    const delivery = deliveryOf(stored);
    try {
      await unlessAborted(abandon.signal, () => handler(job, delivery));
    } catch (error) {
      if (error instanceof GivenBack) {
        log.warn(nameOf(stored), "a job was not done and goes back to the queue");
        throw error;
      }
      if (error instanceof RetryLaterError) return postpone(stored, error, token);
      if (error instanceof RefusedJobError) throw new Refused(reasonOf(error));
      throw delivery.last ? new UnrecoverableError(reasonOf(error)) : new Error(reasonOf(error));
    }
  }

  const backend = workerBackend(client, KEY_PREFIX);
  const workers = shares(concurrency).map((share, index): BullWorker => {
    const options = {
      connection: client,
      prefix: KEY_PREFIX,
      concurrency: share,
      lockDuration,
      stalledInterval,
      // One looks for all.
      skipStalledCheck: index > 0,
      maxStalledCount: MOST_DEATHS,
      runRetryDelay: RETRY_DELAY,
      settings: {
        // Without a delay others can have it at once.
        backoffStrategy: (attempt: number, _type?: string, error?: Error) =>
          error instanceof GivenBack ? 0 : Math.ceil(backoff(attempt, firstDelay, random)),
      },
    };
    return new Worker(QUEUE_NAME, process, options, backend);
  });
  tellTrouble(workers, log, observe);

  async function check(): Promise<void> {
    if (halted !== undefined || !workers.every((worker) => worker.isRunning()))
      throw new Error("it was stopped");
    const taking = await Promise.all(workers.map(async (worker) => worker.getBackend().blockingClient));
    if ([client, ...taking].some((connection) => connection?.status !== "ready"))
      throw new Error("its connection to Redis is lost");
  }

  async function halt(deadline: number): Promise<void> {
    const closed = workers.map((worker) => worker.close());
    if (!(await settled(closed, deadline))) abandon.abort(new GivenBack());
    if (!(await settled(closed, GIVING_BACK))) {
      // In an outage: BullMQ would wait for its end.
      for (const worker of workers) void worker.getBackend().blockingClient?.then(cutOff);
      cutOff(client);
      await settled(closed, CLOSING);
    }
    await closeClient(client, CLOSING);
  }

  let halted: Promise<void> | undefined;
  return { check, stop: (deadline) => (halted ??= halt(deadline)) };
}

/** Rejects with the signal's reason; what waited for one promise of all jobs would stay with it as long as the consumer lives. */
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

/** As many for each as for the others, or one more. */
function shares(concurrency: number): number[] {
  const workers = Math.ceil(concurrency / PLACES);
  return Array.from({ length: workers }, (_, index) => Math.floor((concurrency + index) / workers));
}

function parsed(stored: BullJob, log: Log): Job {
  try {
    return parseJob(bodyOf(stored));
  } catch (error) {
    log.error({ err: error, ...nameOf(stored) }, "a job that does not parse goes to the dead letters");
    throw new Unreadable(reasonOf(error));
  }
}

/** What a log line calls a job. */
function nameOf(stored: BullJob): { job: string | undefined; interaction: string | undefined } {
  return { job: stored.id, interaction: interactionIn(bodyOf(stored)) };
}

/** Undefined for a job that comes again. */
function causeOfDeath(stored: BullJob | undefined, error: Error): DeadLetterCause | undefined {
  // What BullMQ fails by itself, once its workers have died with it too often.
  if (stored?.deferredFailure) return "abandoned";
  if (error instanceof Unreadable) return "unreadable";
  if (error instanceof Refused) return "refused";
  return error instanceof UnrecoverableError ? "failed" : undefined;
}

/** Attempts that failed, were given back, or came to no end as the worker died. */
function deliveryOf({ attemptsMade, stalledCounter }: BullJob): { attempt: number; last: boolean } {
  const attempt = attemptsMade + stalledCounter + 1;
  return { attempt, last: attempt >= MAX_ATTEMPTS };
}

/** @see https://docs.bullmq.io/patterns/process-step-jobs#delaying */
async function postpone(
  stored: BullJob,
  { delay }: RetryLaterError,
  token: string | undefined,
): Promise<never> {
  await stored.moveToDelayed(Date.now() + delay, token);
  throw new DelayedError();
}

function reasonOf(error: unknown): string {
  const reason = describeError(error);
  return reason.slice(0, LONGEST_REASON) || "unknown";
}

function tellTrouble(workers: readonly BullWorker[], log: Log, observe?: DeadLetterObserver): void {
  let quietUntil = 0;
  function refused(error: Error): void {
    // Outages are logged where the connection is watched.
    if (isNetworkFault(error)) log.debug({ err: error }, "a connection of the queue failed");
    else if (performance.now() >= quietUntil) {
      quietUntil = performance.now() + QUIET;
      log.warn(
        { err: error },
        "the queue refused something; what it concerns comes again, unless it is done",
      );
    }
  }
  function failed(stored: BullJob | undefined, error: Error): void {
    const cause = causeOfDeath(stored, error);
    if (cause === "abandoned" && stored !== undefined)
      log.error(nameOf(stored), `a job went to the dead letters: ${error.message}`);
    if (cause !== undefined) observe?.buried(cause);
  }
  for (const worker of workers) worker.on("error", refused).on("failed", failed);
}

function isNetworkFault(error: Error): boolean {
  return errorCode(error) !== undefined || /closed|time-?out/i.test(error.message);
}
