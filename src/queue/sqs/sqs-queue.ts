import type { Consumer, JobQueue, OpenSender } from "../queue.ts";
import { messageActions } from "./batched-actions.ts";
import { checkQueue, closeConnection, openConnection, type SqsConnectionOptions } from "./connection.ts";
import { sqsConsumer, type SqsConsumerOptions } from "./consumer.ts";
import { findDeadLetterQueue, sqsDeadLetters } from "./dead-letters.ts";
import { jobMessage } from "./message.ts";

const SENDER_PERMISSIONS = "sqs:SendMessage and sqs:GetQueueAttributes on it";
const WORKER_PERMISSIONS =
  "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueAttributes and sqs:SendMessage on it";

/** Not 0: SQS asks all the servers that hold a queue only when a request may wait. */
const DEAD_LETTER_WAIT_SECONDS = 1;

interface SqsQueueOptions extends SqsConsumerOptions, SqsConnectionOptions {
  /** Time that a request waits for dead letters. */
  deadLetterWaitSeconds?: number;
}

/**
 * Opens a queue for sending only, which needs the permissions sqs:SendMessage and sqs:GetQueueAttributes.
 * @throws StartError when the queue cannot be used
 */
export async function sqsSender(url: string, options: SqsConnectionOptions = {}): Promise<OpenSender> {
  const { connection, address } = await openConnection(url, options, (client, address) =>
    checkQueue(client, address, SENDER_PERMISSIONS),
  );
  const jobs = messageActions(connection, url);
  return {
    send: async (job) => jobs.send(jobMessage(job)),
    check: async (signal) =>
      void (await checkQueue(connection.client, address, SENDER_PERMISSIONS, { signal })),
    close: () => closeConnection(connection, [jobs]),
  };
}

/**
 * Opens a standard queue and its dead-letter queue: the target of its redrive policy, or else `<name>-dead-letters`.
 * @throws StartError when one of them cannot be used
 */
export async function sqsQueue(url: string, options: SqsQueueOptions): Promise<JobQueue> {
  const { log, deadLetterWaitSeconds: waitSeconds = DEAD_LETTER_WAIT_SECONDS } = options;
  const { connection, address, checked } = await openConnection(url, options, async (client, address) => {
    const policy = await checkQueue(client, address, WORKER_PERMISSIONS);
    return { policy, deadLetterUrl: await findDeadLetterQueue(client, address, policy, log) };
  });
  const { policy, deadLetterUrl } = checked;
  const jobs = messageActions(connection, url);
  const deadLetters = messageActions(connection, deadLetterUrl);
  const consumers = new Set<Consumer>();

  return {
    send: async (job) => jobs.send(jobMessage(job)),
    check: async (signal) =>
      void (await checkQueue(connection.client, address, WORKER_PERMISSIONS, { signal })),

    consume(handler, { concurrency }) {
      const parts = { url, connection, jobs, deadLetters, handler, concurrency };
      const consumer = sqsConsumer(parts, options);
      consumers.add(consumer);
      return consumer;
    },

    ...sqsDeadLetters({ connection, url: deadLetterUrl, actions: deadLetters, jobs, policy, waitSeconds }),

    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop(0)));
      await closeConnection(connection, [jobs, deadLetters]);
    },
  };
}
