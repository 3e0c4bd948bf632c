import { ReceiveMessageCommand, type Message } from "@aws-sdk/client-sqs";
import type { DeadLetter } from "../queue.ts";
import { hiding, type Connection } from "./actions.ts";
import { LETTER_ATTRIBUTES, reasonOf } from "./message.ts";
import type { RedrivePolicy } from "./redrive-policy.ts";

/** Seconds for which those that were seen stay hidden, so that the others come. */
const VISIBILITY = 120;
/** Seconds. A request that waits asks all of the servers that a queue is spread over; one that does not, only some. */
const WAIT_TIME = 1;

/** All dead letters, oldest first. Somebody else who lists them at the same time sees only a part. */
export async function listDeadLetters(
  connection: Connection,
  url: string,
  policy: RedrivePolicy | undefined,
): Promise<DeadLetter[]> {
  const seen = new Map<string, Message>();
  try {
    while (await receiveMore(connection, url, seen));
    return [...seen.values()]
      .toSorted((a, b) => sentAt(a) - sentAt(b))
      .map(({ Body = "", MessageAttributes }) => ({
        body: Body,
        reason: reasonOf(MessageAttributes) ?? unexplained(policy),
      }));
  } finally {
    await giveBack(connection, url, [...seen.values()]);
  }
}

/** @returns whether there were any not yet seen */
async function receiveMore(
  { client, closing }: Connection,
  url: string,
  seen: Map<string, Message>,
): Promise<boolean> {
  const before = seen.size;
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: WAIT_TIME,
      VisibilityTimeout: VISIBILITY,
      MessageSystemAttributeNames: ["SentTimestamp"],
      MessageAttributeNames: LETTER_ATTRIBUTES,
    }),
    { abortSignal: closing.signal },
  );
  for (const message of Messages) seen.set(message.MessageId ?? "", message);
  return seen.size > before;
}

/** What cannot be given back comes back by itself. */
async function giveBack(connection: Connection, url: string, messages: Message[]): Promise<void> {
  const hidden = hiding(connection, url);
  await Promise.allSettled(
    messages.map(({ ReceiptHandle = "" }) => hidden.add({ ReceiptHandle, VisibilityTimeout: 0 })),
  );
}

function sentAt({ Attributes }: Message): number {
  return Number(Attributes?.SentTimestamp ?? 0);
}

function unexplained(policy: RedrivePolicy | undefined): string {
  return policy === undefined
    ? "it does not say why"
    : `moved here by SQS after ${policy.deliveries} deliveries that came to no end`;
}
