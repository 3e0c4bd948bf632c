import type { Log } from "../../platform/log.ts";
import { backoff } from "../backoff.ts";
import { jobId, type Job } from "../../jobs/job.ts";
import {
  MAX_ATTEMPTS,
  RetryLaterError,
  RefusedJobError,
  type DeadLetterCause,
  type DeadLetterObserver,
} from "../queue.ts";
import type { deleting, hiding, sending } from "./actions.ts";
import { isSenderFault } from "./batcher.ts";
import { deadLetters, nameOf, postponedMessage, type ReceivedMessage } from "./message.ts";
import { describeError } from "../../platform/describe-error.ts";

/** Seconds; the longest that SQS delays a message. */
const LONGEST_DELAY = 900;

export interface Channels {
  sent: ReturnType<typeof sending>;
  deleted: ReturnType<typeof deleting>;
  hidden: ReturnType<typeof hiding>;
  /** To the dead-letter queue. */
  buried: ReturnType<typeof sending>;
}

/** Tells the queue what became of a message. None of these rejects: what cannot be told is logged, and the message comes again. */
interface Outcomes {
  done(message: ReceivedMessage): Promise<void>;
  failed(message: ReceivedMessage, job: Job, error: unknown): Promise<void>;
  unreadable(message: ReceivedMessage, error: unknown): Promise<void>;
  deadly(message: ReceivedMessage): Promise<void>;
  /** Lets others have it at once. */
  giveBack(message: ReceivedMessage): Promise<void>;
}

interface Options extends Channels {
  log: Log;
  observe?: DeadLetterObserver | undefined;
  random: () => number;
  /** Milliseconds. */
  firstDelay: number;
}

export function outcomes(options: Options): Outcomes {
  const { sent, deleted, hidden, buried, log, observe, random, firstDelay } = options;

  async function remove(message: ReceivedMessage): Promise<void> {
    await deleted.add({ ReceiptHandle: message.receipt }).catch((error: unknown) => {
      log.warn(
        { err: error, ...nameOf(message) },
        "a job that is done with could not be deleted; it will come again",
      );
    });
  }

  /** @param delay milliseconds; SQS counts in whole seconds */
  async function comeAgain(message: ReceivedMessage, delay: number): Promise<void> {
    const seconds = Math.ceil(delay / 1_000);
    await hidden
      .add({ ReceiptHandle: message.receipt, VisibilityTimeout: seconds })
      .catch((error: unknown) =>
        log.warn({ err: error, ...nameOf(message) }, "SQS alone decides when a job comes again"),
      );
  }

  /** A message of its own, as both the queue's redrive policy and we would count another delivery of this one. */
  async function postpone(message: ReceivedMessage, job: Job, { delay }: RetryLaterError): Promise<void> {
    const seconds = Math.min(Math.max(Math.ceil(delay / 1_000), 0), LONGEST_DELAY);
    try {
      await sent.add(postponedMessage(job, message, seconds));
    } catch (error) {
      log.warn({ err: error, interaction: jobId(job) }, "a job could not be postponed; the attempt counts");
      return comeAgain(message, delay);
    }
    await remove(message);
  }

  async function putWithDeadLetters(message: ReceivedMessage, reason: string): Promise<void> {
    let failure: unknown;
    for (const letter of deadLetters(message.body, reason)) {
      try {
        await buried.add(letter);
        if (failure !== undefined)
          log.warn(
            { err: failure, ...nameOf(message) },
            "a dead letter was too large; it has no reason, or was cut",
          );
        return;
      } catch (error) {
        if (!isSenderFault(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  async function bury(message: ReceivedMessage, error: unknown, cause: DeadLetterCause): Promise<void> {
    try {
      await putWithDeadLetters(message, describeError(error));
    } catch (failure) {
      log.error(
        { err: failure, ...nameOf(message) },
        "a job could not be put with the dead letters; it will come again",
      );
      return;
    }
    observe?.buried(cause);
    await remove(message);
  }

  return {
    done: remove,
    async failed(message, job, error) {
      if (error instanceof RetryLaterError) return postpone(message, job, error);
      if (error instanceof RefusedJobError) return bury(message, error, "refused");
      if (isLast(message)) return bury(message, error, "failed");
      return comeAgain(message, backoff(message.attempt, firstDelay, random));
    },
    async unreadable(message, error) {
      log.error({ err: error, ...nameOf(message) }, "a job that does not parse goes to the dead letters");
      return bury(message, error, "unreadable");
    },
    async deadly(message) {
      const reason = `delivered ${message.attempt - 1} times, and no worker has lived to tell what became of it`;
      log.error(nameOf(message), `a job goes to the dead letters: ${reason}`);
      return bury(message, new Error(reason), "abandoned");
    },
    giveBack: (message) => comeAgain(message, 0),
  };
}

/** A worker that is killed with a job tells nobody, so its last attempt may come many times, were it not for this. */
const MOST_DELIVERIES = 2 * MAX_ATTEMPTS;

export function isDeadly({ attempt }: ReceivedMessage): boolean {
  return attempt > MOST_DELIVERIES;
}

export function isLast({ attempt }: ReceivedMessage): boolean {
  return attempt >= MAX_ATTEMPTS;
}
