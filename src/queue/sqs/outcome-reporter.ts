import type { Job } from "../../jobs/job.ts";
import { describeError } from "../../platform/describe-error.ts";
import {
  jobRetryDelay,
  MAX_ATTEMPTS,
  RetryLaterError,
  RefusedJobError,
  type DeadLetterCause,
  type QueueOptions,
} from "../queue.ts";
import { isSenderFault, type MessageActions } from "./batched-actions.ts";
import { deadLetterForms, logFields, postponedMessage, type ReceivedMessage } from "./message.ts";

/** Limit of SQS on the delay of a message. */
const MAX_DELAY_SECONDS = 900;

/** Reports outcomes to SQS. No method rejects: a failure is logged, and SQS redelivers the message. */
export function outcomeReporter(
  { jobs, deadLetters }: { jobs: MessageActions; deadLetters: MessageActions },
  options: QueueOptions,
) {
  const { log, observe } = options;

  async function remove(message: ReceivedMessage): Promise<void> {
    const warning = "could not delete a finished job; SQS will redeliver it";
    await jobs.delete(message.receiptHandle).catch(warn(message, warning));
  }

  async function redeliver(message: ReceivedMessage, delayMs: number): Promise<void> {
    const warning =
      "could not change a job's visibility timeout; SQS redelivers it when the current one ends";
    const delaySeconds = Math.ceil(delayMs / 1_000);
    await jobs.changeVisibility(message.receiptHandle, delaySeconds).catch(warn(message, warning));
  }

  function warn(message: ReceivedMessage, warning: string): (error: unknown) => void {
    return (error) => log.warn({ err: error, ...logFields(message) }, warning);
  }

  /** Sends a new message, because another delivery of this one would count as an attempt, also in the queue's redrive policy. */
  async function postpone(message: ReceivedMessage, job: Job, { delayMs }: RetryLaterError): Promise<void> {
    const seconds = Math.min(Math.max(Math.ceil(delayMs / 1_000), 0), MAX_DELAY_SECONDS);
    try {
      await jobs.send(postponedMessage(job, message, seconds));
    } catch (error) {
      warn(message, "could not postpone a job; it is retried, and the attempt counts")(error);
      return redeliver(message, delayMs);
    }
    await remove(message);
  }

  async function sendDeadLetter(message: ReceivedMessage, reason: string): Promise<void> {
    let failure: unknown;
    for (const form of deadLetterForms(message.body, reason)) {
      try {
        await deadLetters.send(form);
        if (failure !== undefined)
          warn(message, "a dead letter was too large; it was stored without its reason, or cut")(failure);
        return;
      } catch (error) {
        if (!isSenderFault(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  async function moveToDeadLetters(
    message: ReceivedMessage,
    error: unknown,
    cause: DeadLetterCause,
  ): Promise<void> {
    try {
      await sendDeadLetter(message, describeError(error));
    } catch (failure) {
      const fields = { err: failure, ...logFields(message) };
      return log.error(fields, "could not move a job to the dead-letter queue; SQS will redeliver it");
    }
    observe?.deadLettered(cause);
    await remove(message);
  }

  return {
    done: remove,
    async failed(message: ReceivedMessage, job: Job, error: unknown): Promise<void> {
      if (error instanceof RetryLaterError) return postpone(message, job, error);
      if (error instanceof RefusedJobError) return moveToDeadLetters(message, error, "refused");
      if (message.attempt >= MAX_ATTEMPTS) return moveToDeadLetters(message, error, "failed");
      return redeliver(message, jobRetryDelay(message.attempt, options));
    },
    async unreadable(message: ReceivedMessage, error: unknown): Promise<void> {
      const fields = { err: error, ...logFields(message) };
      log.error(fields, "a message is not a valid job; moving it to the dead-letter queue");
      return moveToDeadLetters(message, error, "unreadable");
    },
    async abandoned(message: ReceivedMessage): Promise<void> {
      const reason = `delivered ${message.attempt - 1} times, but no worker lived to report an outcome`;
      log.error(logFields(message), `moving a job to the dead-letter queue: ${reason}`);
      return moveToDeadLetters(message, new Error(reason), "abandoned");
    },
    /** Makes the message visible to other consumers at once. */
    released: (message: ReceivedMessage): Promise<void> => redeliver(message, 0),
  };
}
