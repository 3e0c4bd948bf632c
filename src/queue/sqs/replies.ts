import { setTimeout as wait } from "node:timers/promises";
import { ReceiveMessageCommand, type Message } from "@aws-sdk/client-sqs";
import { parseReply, REPLY_RETENTION, type Reply, type ReplyReceiver, type ReplySender } from "../reply.ts";
import { deleting, hiding, sending, type Connection } from "./actions.ts";
import { checkQueue } from "./check-queue.ts";
import { connect, disconnect, type ConnectionOptions } from "./connection.ts";
import { ascii } from "./message.ts";

/** Of SQS. */
const BATCH = 10;
/** Seconds until others are given what a client received that died before it could give it back. */
const VISIBILITY = 5;
/** Milliseconds, half of them by chance, before a client asks again that was given nothing but replies to others. */
const PAUSE = 300;

const WHAT = "reply queue";
const WORKER_NEEDS = "sqs:SendMessage and sqs:GetQueueAttributes on it";
const CLIENT_NEEDS =
  "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes on it";

/**
 * The worker's end of the reply queue at an SQS queue URL, which must be a standard queue.
 * @throws StartError when it cannot be used
 */
export async function sqsReplySender(url: string, options: ConnectionOptions = {}): Promise<ReplySender> {
  const { connection } = await connect(url, options, (client, address) =>
    checkQueue(client, address, WORKER_NEEDS, { what: WHAT }),
  );
  const sent = sending(connection, url);
  return {
    send: (reply) => sent.add({ MessageBody: ascii(JSON.stringify(reply)) }),
    close: () => disconnect(connection, [sent]),
  };
}

interface ReceiverOptions extends ConnectionOptions {
  /** Seconds that a request waits for replies. */
  waitTime?: number;
}

/**
 * A client's end of it. Clients share the queue: what is for others is given back at once. What nobody can read, or nobody
 * waits for any more, is deleted.
 * @throws StartError when the queue cannot be used
 */
export async function sqsReplyReceiver(
  url: string,
  ours: string,
  { waitTime = 20, ...options }: ReceiverOptions = {},
): Promise<ReplyReceiver> {
  const { connection } = await connect(url, options, (client, address) =>
    checkQueue(client, address, CLIENT_NEEDS, { what: WHAT }),
  );
  const [deleted, hidden] = [deleting(connection, url), hiding(connection, url)];

  /** @returns the reply if it is ours */
  function take(message: Message): Reply[] {
    const { ReceiptHandle = "" } = message;
    const reply = readReply(message);
    const isOurs = reply?.client === ours;
    const done =
      isOurs || reply === undefined || isStale(message)
        ? deleted.add({ ReceiptHandle })
        : hidden.add({ ReceiptHandle, VisibilityTimeout: 0 });
    // Then it comes again.
    done.catch(() => {});
    return isOurs ? [reply] : [];
  }

  return {
    async receive(signal) {
      const messages = await poll(connection, url, waitTime, signal);
      const replies = messages.flatMap(take);
      if (messages.length > 0 && replies.length === 0)
        await wait(PAUSE * (0.5 + connection.random() / 2), undefined, { signal });
      return replies;
    },
    close: () => disconnect(connection, [deleted, hidden]),
  };
}

async function poll(
  { client, timeouts }: Connection,
  QueueUrl: string,
  waitTime: number,
  abortSignal: AbortSignal,
): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: BATCH,
      WaitTimeSeconds: waitTime,
      VisibilityTimeout: VISIBILITY,
      MessageSystemAttributeNames: ["SentTimestamp"],
    }),
    { abortSignal, requestTimeout: waitTime * 1_000 + timeouts.request },
  );
  return Messages;
}

function readReply({ Body = "" }: Message): Reply | undefined {
  try {
    return parseReply(Body);
  } catch {
    return undefined;
  }
}

function isStale({ Attributes }: Message): boolean {
  return Date.now() - Number(Attributes?.SentTimestamp) > REPLY_RETENTION * 1_000;
}
