import type { Log } from "../../platform/log.ts";
import { settleWithin } from "../../platform/deadline.ts";
import { parseJob, type Job } from "../../jobs/job.ts";
import {
  DEFAULT_VISIBILITY_SECONDS,
  MAX_ATTEMPTS,
  type Consumer,
  type JobHandler,
  type QueueOptions,
} from "../queue.ts";
import { EntryFailedError, type MessageActions } from "./batched-actions.ts";
import { receiveMessages, type SqsConnection } from "./connection.ts";
import { ATTEMPTS_BEFORE, logFields, readMessage, type ReceivedMessage } from "./message.ts";
import { outcomeReporter } from "./outcome-reporter.ts";
import { poller } from "./poller.ts";

/** A worker that is killed reports nothing, so even a last attempt may be delivered again. This bounds how often. */
const MAX_DELIVERIES = 2 * MAX_ATTEMPTS;
/** Time for returning unfinished jobs to the queue when the consumer is stopped. */
const RELEASE_DEADLINE_MS = 1_000;
/** A job's visibility is extended while half of it or more is left, so that there is time for a second try. */
const EXTENSIONS_PER_TIMEOUT = 4;

export interface SqsConsumerOptions extends QueueOptions {
  /** Time that a long poll waits for jobs. */
  pollWaitSeconds?: number;
  /** Delay before polling again after an outage began. */
  pollRetryDelayMs?: number;
}

interface ConsumerParts {
  url: string;
  connection: SqsConnection;
  jobs: MessageActions;
  deadLetters: MessageActions;
  handler: JobHandler;
  concurrency: number;
}

/** Receives the jobs of one queue, hands them to the handler, and reports the outcome of each to SQS. */
export function sqsConsumer(
  { url, connection, jobs, deadLetters, handler, concurrency }: ConsumerParts,
  options: SqsConsumerOptions,
): Consumer {
  const { log, pollWaitSeconds = 20, pollRetryDelayMs } = options;
  const { visibilitySeconds = DEFAULT_VISIBILITY_SECONDS } = options;
  const report = outcomeReporter({ jobs, deadLetters }, options);
  const heartbeat = visibilityHeartbeat(jobs, visibilitySeconds, log);
  const held = new Set<ReceivedMessage>();
  const work = new Set<Promise<void>>();

  function track(promise: Promise<void>): Promise<void> {
    work.add(promise);
    void promise.then(() => work.delete(promise));
    return promise;
  }

  /** Resolves when the slot is free. The outcome is reported after that. */
  async function take(message: ReceivedMessage): Promise<void> {
    const reportOutcome = await handle(message);
    void track(reportOutcome());
  }

  async function handle(message: ReceivedMessage): Promise<() => Promise<void>> {
    let job: Job;
    try {
      job = parseJob(message.body);
    } catch (error) {
      return () => report.unreadable(message, error);
    }
    if (message.attempt > MAX_DELIVERIES) return () => report.abandoned(message);
    held.add(message);
    heartbeat.start(message);
    const reportOutcome = await attempt(message, job);
    if (!held.delete(message)) return async () => {};
    await heartbeat.end(message);
    return reportOutcome;
  }

  async function attempt(message: ReceivedMessage, job: Job): Promise<() => Promise<void>> {
    try {
      await handler(job, { attempt: message.attempt, last: message.attempt >= MAX_ATTEMPTS });
      return () => report.done(message);
    } catch (error) {
      return () => report.failed(message, job, error);
    }
  }

  async function receive(max: number, wait: boolean, signal: AbortSignal): Promise<ReceivedMessage[]> {
    const request = {
      QueueUrl: url,
      MaxNumberOfMessages: max,
      WaitTimeSeconds: wait ? pollWaitSeconds : 0,
      VisibilityTimeout: visibilitySeconds,
      MessageSystemAttributeNames: ["ApproximateReceiveCount" as const],
      MessageAttributeNames: [ATTEMPTS_BEFORE],
    };
    return (await receiveMessages(connection, request, signal)).map(readMessage);
  }

  const polls = poller({
    receive,
    take: (message) => track(take(message)),
    release: (message) => track(report.released(message)),
    slots: concurrency,
    random: connection.random,
    pollRetryDelayMs,
    log,
  });

  async function finish(deadlineMs: number): Promise<void> {
    await polls.stop(deadlineMs);
    while (work.size > 0) await Promise.all(work);
  }

  async function release(message: ReceivedMessage): Promise<void> {
    log.warn(logFields(message), "stopped before a job was done; the job goes back to the queue");
    // The outcome of its handler is ignored from now on.
    held.delete(message);
    await heartbeat.end(message);
    await report.released(message);
  }

  return {
    check: async () => polls.check(),
    async stop(deadlineMs) {
      const isFinished = await settleWithin(deadlineMs, [finish(deadlineMs)]);
      heartbeat.stop();
      if (!isFinished) await settleWithin(RELEASE_DEADLINE_MS, [...held].map(release));
    },
  };
}

interface HeldMessage {
  /** Time by `performance.now()`. */
  since: number;
  /** The extension in progress. */
  extension?: Promise<void> | undefined;
  /** SQS refuses to extend it any further. */
  isLost: boolean;
}

/** Extends the visibility timeout of messages for as long as they are held. */
function visibilityHeartbeat(jobs: MessageActions, visibilitySeconds: number, log: Log) {
  const held = new Map<ReceivedMessage, HeldMessage>();
  const intervalMs = (visibilitySeconds * 1_000) / EXTENSIONS_PER_TIMEOUT;

  async function extend(message: ReceivedMessage, state: HeldMessage): Promise<void> {
    try {
      await jobs.changeVisibility(message.receiptHandle, visibilitySeconds);
    } catch (error) {
      // After 12 hours, or after this process was suspended, there is nothing left to extend.
      state.isLost = error instanceof EntryFailedError && error.senderFault;
      const fields = { err: error, ...logFields(message) };
      if (state.isLost)
        log.warn(fields, "SQS refuses to extend a job's visibility timeout; another worker may get the job");
      else log.debug(fields, "could not extend a job's visibility timeout; trying again");
    }
    state.extension = undefined;
  }

  function isDue({ since, extension, isLost }: HeldMessage): boolean {
    return !isLost && extension === undefined && performance.now() - since >= intervalMs;
  }

  const timer = setInterval(() => {
    for (const [message, state] of held) if (isDue(state)) state.extension = extend(message, state);
  }, intervalMs);

  return {
    start: (message: ReceivedMessage) => void held.set(message, { since: performance.now(), isLost: false }),
    /** Resolves when no extension of this message is in progress. */
    async end(message: ReceivedMessage): Promise<void> {
      const state = held.get(message);
      held.delete(message);
      await state?.extension;
    },
    stop: () => clearInterval(timer),
  };
}
