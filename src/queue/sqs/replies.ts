import { setTimeout as wait } from "node:timers/promises";
import type { Message } from "@aws-sdk/client-sqs";
import {
  REPLY_RETENTION_SECONDS,
  replyIn,
  type Reply,
  type ReplyReceiver,
  type ReplySender,
} from "../reply.ts";
import { messageActions } from "./batched-actions.ts";
import {
  checkQueue,
  closeConnection,
  openConnection,
  receiveMessages,
  type SqsConnectionOptions,
} from "./connection.ts";
import { escapeNonAscii } from "./message.ts";

/** How long replies stay hidden if the client that received them dies. */
const VISIBILITY_SECONDS = 5;
/** Delay before the next poll when the last one returned only replies to other clients. Half of it is random. */
const FOREIGN_REPLIES_DELAY_MS = 300;

const WORKER_PERMISSIONS = "sqs:SendMessage and sqs:GetQueueAttributes on it";
const CLIENT_PERMISSIONS =
  "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes on it";

/**
 * Opens the worker's end of a reply queue, which must be a standard queue.
 * @throws StartError when the queue cannot be used
 */
export async function sqsReplySender(url: string, options: SqsConnectionOptions = {}): Promise<ReplySender> {
  const { connection } = await openConnection(url, options, (client, address) =>
    checkQueue(client, address, WORKER_PERMISSIONS, { what: "reply queue" }),
  );
  const actions = messageActions(connection, url);
  return {
    send: (reply) => actions.send({ MessageBody: escapeNonAscii(JSON.stringify(reply)) }),
    close: () => closeConnection(connection, [actions]),
  };
}

/**
 * Opens a client's end of a reply queue, which all clients share. The client makes replies to others visible again at once, and
 * deletes those that are unreadable or expired.
 * @param clientId whose replies to return
 * @param options.pollWaitSeconds time that a long poll waits for replies
 * @throws StartError when the queue cannot be used
 */
export async function sqsReplyReceiver(
  url: string,
  clientId: string,
  { pollWaitSeconds = 20, ...options }: SqsConnectionOptions & { pollWaitSeconds?: number } = {},
): Promise<ReplyReceiver> {
  const { connection } = await openConnection(url, options, (client, address) =>
    checkQueue(client, address, CLIENT_PERMISSIONS, { what: "reply queue" }),
  );
  const actions = messageActions(connection, url);

  const request = {
    QueueUrl: url,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: pollWaitSeconds,
    VisibilityTimeout: VISIBILITY_SECONDS,
    MessageSystemAttributeNames: ["SentTimestamp" as const],
  };

  function take({ ReceiptHandle = "", Body = "", Attributes }: Message): Reply[] {
    const reply = replyIn(Body);
    const isOurs = reply?.client === clientId;
    const isExpired = Date.now() - Number(Attributes?.SentTimestamp) > REPLY_RETENTION_SECONDS * 1_000;
    const isDone = isOurs || reply === undefined || isExpired;
    const reported = isDone ? actions.delete(ReceiptHandle) : actions.changeVisibility(ReceiptHandle, 0);
    // If this fails, SQS redelivers the message.
    reported.catch(() => {});
    return isOurs ? [reply] : [];
  }

  return {
    async receive(signal) {
      const messages = await receiveMessages(connection, request, signal);
      const replies = messages.flatMap(take);
      if (messages.length > 0 && replies.length === 0)
        await wait(FOREIGN_REPLIES_DELAY_MS * (0.5 + connection.random() / 2), undefined, { signal });
      return replies;
    },
    close: () => closeConnection(connection, [actions]),
  };
}
