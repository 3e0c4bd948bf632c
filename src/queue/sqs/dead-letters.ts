import { ReceiveMessageCommand, type Message } from "@aws-sdk/client-sqs";
import type { DeadLetter } from "../queue.ts";
import { deleting, hiding, sending, type Connection } from "./actions.ts";
import { bodyMessage, LETTER_ATTRIBUTES, reasonOf } from "./message.ts";
import type { RedrivePolicy } from "./redrive-policy.ts";

/** Seconds for which those that were seen stay hidden, so that the others come. */
const VISIBILITY = 120;

/** Messages sent or deleted at a time, so that none waits until it is given up. */
const PAGE = 500;

interface Box {
  connection: Connection;
  /** Where jobs go that are sent anew. */
  queue: string;
  /** The dead-letter queue. */
  url: string;
  policy: RedrivePolicy | undefined;
  /** Seconds that a request waits for letters. */
  waitTime: number;
}

/** By their ids; they are hidden from others. */
type Held = Map<string, Message>;

/** All dead letters, oldest first. Somebody else who looks at them at the same time sees only a part. */
export function listDeadLetters(box: Box): Promise<DeadLetter[]> {
  return holding(box, undefined, async (held) =>
    [...held.values()]
      .toSorted((a, b) => sentAt(a) - sentAt(b))
      .map((message) => letterOf(message, box.policy)),
  );
}

/** Sends those with these ids, or all, and deletes them here; what cannot be deleted may be sent twice. */
export function retryDeadLetters(box: Box, ids?: readonly string[]): Promise<string[]> {
  const sent = sending(box.connection, box.queue);
  return remove(box, ids, ({ Body = "" }) => sent.add(bodyMessage(Body)));
}

export function dropDeadLetters(box: Box, ids: readonly string[]): Promise<string[]> {
  return remove(box, ids, async () => {});
}

/** @param before done with each before it is deleted */
function remove(
  box: Box,
  ids: readonly string[] | undefined,
  before: (message: Message) => Promise<void>,
): Promise<string[]> {
  const deleted = deleting(box.connection, box.url);
  // All are held before the first is sent: one that fails again at once is not to be met again.
  return holding(box, ids, async (held) => {
    const wanted = ids?.filter((id) => held.has(id)) ?? [...held.keys()];
    for (let start = 0; start < wanted.length; start += PAGE) {
      const results = await Promise.allSettled(
        wanted.slice(start, start + PAGE).map(async (id) => {
          const message = held.get(id);
          if (message === undefined) return;
          await before(message);
          await deleted.add({ ReceiptHandle: message.ReceiptHandle ?? "" });
          held.delete(id);
        }),
      );
      for (const result of results) if (result.status === "rejected") throw result.reason;
    }
    return wanted;
  });
}

/** Acts on all letters, or until those of these ids are among them; what it leaves is given back. */
async function holding<Result>(
  box: Box,
  ids: readonly string[] | undefined,
  act: (held: Held) => Promise<Result>,
): Promise<Result> {
  const held: Held = new Map();
  const found = (): boolean => ids?.every((id) => held.has(id)) ?? false;
  try {
    while (!found() && (await receiveMore(box, held)));
    return await act(held);
  } finally {
    await giveBack(box, [...held.values()]);
  }
}

/** @returns whether there were any not yet held */
async function receiveMore({ connection, url, waitTime }: Box, held: Held): Promise<boolean> {
  const { client, timeouts, closing } = connection;
  const before = held.size;
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: waitTime,
      VisibilityTimeout: VISIBILITY,
      MessageSystemAttributeNames: ["SentTimestamp"],
      MessageAttributeNames: LETTER_ATTRIBUTES,
    }),
    { abortSignal: closing.signal, requestTimeout: waitTime * 1_000 + timeouts.request },
  );
  for (const message of Messages) held.set(message.MessageId ?? "", message);
  return held.size > before;
}

/** What cannot be given back comes back by itself. */
async function giveBack({ connection, url }: Box, messages: Message[]): Promise<void> {
  const hidden = hiding(connection, url);
  await Promise.allSettled(
    messages.map(({ ReceiptHandle = "" }) => hidden.add({ ReceiptHandle, VisibilityTimeout: 0 })),
  );
}

function letterOf(message: Message, policy: RedrivePolicy | undefined): DeadLetter {
  const { MessageId: id = "", Body: body = "", MessageAttributes } = message;
  const reason = reasonOf(MessageAttributes) ?? unexplained(policy);
  return { id, body, reason, at: new Date(sentAt(message)) };
}

function sentAt({ Attributes }: Message): number {
  return Number(Attributes?.SentTimestamp ?? 0);
}

function unexplained(policy: RedrivePolicy | undefined): string {
  return policy === undefined
    ? "it does not say why"
    : `moved here by SQS after ${policy.deliveries} deliveries that came to no end`;
}
