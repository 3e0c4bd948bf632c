import { CreateQueueCommand, type Message, type SQSClient } from "@aws-sdk/client-sqs";
import type { Log } from "../../platform/log.ts";
import { StartError } from "../../platform/start-error.ts";
import { MAX_ATTEMPTS, type DeadLetter, type JobQueue } from "../queue.ts";
import type { MessageActions } from "./batched-actions.ts";
import {
  describeSqsError,
  queueExists,
  receiveMessages,
  type RedrivePolicy,
  type SqsConnection,
} from "./connection.ts";
import { bodyMessage, deadLetterReason, REASON } from "./message.ts";
import { siblingQueue, type SqsAddress } from "./sqs-address.ts";

/** 14 days, the longest that SQS keeps a message. */
const RETENTION_SECONDS = 1_209_600;
/** Hides the dead letters that were received, so that the next request returns others. */
const VISIBILITY_SECONDS = 120;
/** Number of messages sent or deleted at a time. With more, some would time out before their turn. */
const PAGE_SIZE = 500;
const PERMISSIONS = "sqs:SendMessage and sqs:GetQueueAttributes on it";

/**
 * Finds the dead-letter queue of a queue: the target of its redrive policy, or else `<name>-dead-letters`, which is created if it
 * does not exist.
 * @returns its URL
 * @throws StartError when it cannot be used or created
 */
export async function findDeadLetterQueue(
  client: SQSClient,
  queue: SqsAddress,
  policy: RedrivePolicy | undefined,
  log: Log,
): Promise<string> {
  const target = policy
    ? siblingQueue(queue, policy.name, policy.account)
    : siblingQueue(queue, `${queue.name}-dead-letters`);
  if (policy && policy.maxReceiveCount <= MAX_ATTEMPTS)
    log.warn(
      { maxReceiveCount: policy.maxReceiveCount },
      `the redrive policy of the queue moves jobs away before their last attempt, so that people get no answer; set its maxReceiveCount to ${MAX_ATTEMPTS + 1} or more`,
    );
  const exists = await queueExists(client, target).catch((error: unknown) => {
    throw unusableError(target, describeSqsError(error, PERMISSIONS), error);
  });
  if (exists) return target.url;
  const missing = `the redrive policy of ${queue.url} names it, but it does not exist; create it`;
  if (policy) throw unusableError(target, missing);
  await createQueue(client, target);
  log.info({ queue: target.url }, "created the dead-letter queue");
  return target.url;
}

async function createQueue(client: SQSClient, { url, name }: SqsAddress): Promise<void> {
  const Attributes = { MessageRetentionPeriod: String(RETENTION_SECONDS) };
  try {
    await client.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  } catch (error) {
    throw new StartError(
      `There is no dead-letter queue ${url} and it cannot be created: ${describeSqsError(error, "sqs:CreateQueue")}; or create it yourself, or give the queue a redrive policy.`,
      { cause: error },
    );
  }
}

function unusableError({ url }: SqsAddress, reason: string, cause?: unknown): StartError {
  return new StartError(`The dead-letter queue ${url} cannot be used: ${reason}.`, { cause });
}

interface DeadLetterQueue {
  connection: SqsConnection;
  url: string;
  actions: MessageActions;
  /** Actions on the queue that retried jobs go back to. */
  jobs: MessageActions;
  policy: RedrivePolicy | undefined;
  /** Time that a request waits for messages. */
  waitSeconds: number;
}

/**
 * Reads and empties a dead-letter queue. While one process works on it, SQS hides the messages from others, who then see only
 * some of them. A retried job whose dead letter cannot be deleted may be retried twice.
 */
export function sqsDeadLetters({
  connection,
  url,
  actions,
  jobs,
  policy,
  waitSeconds,
}: DeadLetterQueue): Pick<JobQueue, "deadLetters" | "retryDeadLetters" | "dropDeadLetters"> {
  type Received = Map<string, Message>;
  /** Ids of dead letters, or undefined for all. */
  type Ids = readonly string[] | undefined;

  /** @returns whether this received new messages */
  async function receiveMore(received: Received): Promise<boolean> {
    const before = received.size;
    const request = {
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: waitSeconds,
      VisibilityTimeout: VISIBILITY_SECONDS,
      MessageSystemAttributeNames: ["SentTimestamp" as const],
      MessageAttributeNames: [REASON],
    };
    const messages = await receiveMessages(connection, request, connection.closing.signal);
    for (const message of messages) received.set(message.MessageId ?? "", message);
    return received.size > before;
  }

  /**
   * Receives dead letters until all with these ids are found, and acts on them. Those that `act` leaves in the map become visible
   * again.
   */
  async function withReceived<T>(ids: Ids, act: (received: Received) => Promise<T>): Promise<T> {
    const received: Received = new Map();
    const foundAll = (): boolean => ids?.every((id) => received.has(id)) ?? false;
    try {
      while (!foundAll() && (await receiveMore(received)));
      return await act(received);
    } finally {
      // If this fails, a message becomes visible when its visibility timeout ends.
      const released = [...received.values()].map(({ ReceiptHandle = "" }) =>
        actions.changeVisibility(ReceiptHandle, 0),
      );
      await Promise.allSettled(released);
    }
  }

  /** Deletes dead letters, each when its call of `before` has resolved. */
  function takeDeadLetters(ids: Ids, before: (message: Message) => Promise<void>): Promise<string[]> {
    // All are received before the first is retried, so that a job that fails again at once is not received twice.
    return withReceived(ids, async (received) => {
      const found = ids?.filter((id) => received.has(id)) ?? [...received.keys()];
      async function take(id: string): Promise<void> {
        const message = received.get(id);
        if (message === undefined) return;
        await before(message);
        await actions.delete(message.ReceiptHandle ?? "");
        received.delete(id);
      }
      for (let start = 0; start < found.length; start += PAGE_SIZE) {
        const results = await Promise.allSettled(found.slice(start, start + PAGE_SIZE).map(take));
        for (const result of results) if (result.status === "rejected") throw result.reason;
      }
      return found;
    });
  }

  return {
    deadLetters: () =>
      withReceived(undefined, async (received) => {
        const messages = [...received.values()].toSorted((a, b) => sentAt(a) - sentAt(b));
        return messages.map((message) => readDeadLetter(message, policy));
      }),
    retryDeadLetters: (ids) => takeDeadLetters(ids, ({ Body = "" }) => jobs.send(bodyMessage(Body))),
    dropDeadLetters: (ids) => takeDeadLetters(ids, async () => {}),
  };
}

function readDeadLetter(message: Message, policy: RedrivePolicy | undefined): DeadLetter {
  const { MessageId: id = "", Body: body = "" } = message;
  const unknownReason =
    policy === undefined
      ? "no reason was given"
      : `moved here by SQS after ${policy.maxReceiveCount} deliveries without an outcome`;
  const reason = deadLetterReason(message) ?? unknownReason;
  return { id, body, reason, at: new Date(sentAt(message)) };
}

function sentAt({ Attributes }: Message): number {
  return Number(Attributes?.SentTimestamp ?? 0);
}
