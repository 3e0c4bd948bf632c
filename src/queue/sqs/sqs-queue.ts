import type { Log } from "../../platform/log.ts";
import {
  RETRY_DELAY_MS,
  VISIBILITY_SECONDS,
  type Consumer,
  type JobQueue,
  type OpenSender,
} from "../queue.ts";
import { deleting, hiding, sending } from "./actions.ts";
import { checkQueue } from "./check-queue.ts";
import { connect, disconnect, type ConnectionOptions } from "./connection.ts";
import { sqsConsumer, type ConsumerOptions } from "./consumer.ts";
import { findDeadLetterQueue } from "./dead-letter-queue.ts";
import { dropDeadLetters, listDeadLetters, retryDeadLetters } from "./dead-letters.ts";
import { jobMessage } from "./message.ts";

const SENDER_NEEDS = "sqs:SendMessage and sqs:GetQueueAttributes on it";
const WORKER_NEEDS =
  "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueAttributes and sqs:SendMessage on it";

/** Seconds. A request that waits asks all of the servers that a queue is spread over; one that does not, only some. */
const LETTER_WAIT_TIME = 1;

interface Options extends ConnectionOptions, Partial<Omit<ConsumerOptions, "log">> {
  log: Log;
  /** Seconds that a request waits for dead letters. */
  letterWaitTime?: number;
}

/**
 * For a process that only sends. It needs no more than sqs:SendMessage and sqs:GetQueueAttributes.
 * @throws StartError when the queue cannot be used
 */
export async function sqsSender(url: string, options: ConnectionOptions = {}): Promise<OpenSender> {
  const { connection, address } = await connect(url, options, (client, address) =>
    checkQueue(client, address, SENDER_NEEDS),
  );
  const sent = sending(connection, url);
  return {
    send: async (job) => sent.add(jobMessage(job)),
    check: async (signal) => void (await checkQueue(connection.client, address, SENDER_NEEDS, { signal })),
    close: () => disconnect(connection, [sent]),
  };
}

/**
 * The queue at an SQS queue URL, which must be a standard queue. Its dead letters go to the target of its redrive policy, else
 * to the queue `<name>-dead-letters`.
 * @throws StartError when one of them cannot be used
 */
export async function sqsQueue(url: string, options: Options): Promise<JobQueue> {
  const {
    log,
    observe,
    firstDelay = RETRY_DELAY_MS,
    visibility = VISIBILITY_SECONDS,
    waitTime = 20,
  } = options;
  const { letterWaitTime = LETTER_WAIT_TIME, firstPause } = options;
  const { connection, address, found } = await connect(url, options, async (client, address) => {
    const policy = await checkQueue(client, address, WORKER_NEEDS);
    return { policy, deadLetters: await findDeadLetterQueue(client, address, policy, log) };
  });
  const channels = {
    sent: sending(connection, url),
    deleted: deleting(connection, url),
    hidden: hiding(connection, url),
    buried: sending(connection, found.deadLetters),
  };
  const box = {
    connection,
    queue: url,
    url: found.deadLetters,
    policy: found.policy,
    waitTime: letterWaitTime,
  };
  const consumers = new Set<Consumer>();

  return {
    send: async (job) => channels.sent.add(jobMessage(job)),
    check: async (signal) => void (await checkQueue(connection.client, address, WORKER_NEEDS, { signal })),

    consume(handler, { concurrency }) {
      const consumer = sqsConsumer(
        { url, connection, channels, handler, concurrency },
        { log, observe, firstDelay, visibility, waitTime, firstPause },
      );
      consumers.add(consumer);
      return consumer;
    },

    deadLetters: () => listDeadLetters(box),
    retryDeadLetters: (ids) => retryDeadLetters(box, ids),
    dropDeadLetters: (ids) => dropDeadLetters(box, ids),

    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop(0)));
      await disconnect(connection, Object.values(channels));
    },
  };
}
