import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type MessageAttributeValue,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { batcher, type Batcher } from "./batcher.ts";
import type { Timeouts } from "./client.ts";

/** Bytes that the attributes of a message take at the most. */
const ATTRIBUTES = 4_096;

export interface Connection {
  client: SQSClient;
  timeouts: Timeouts;
  random: () => number;
  /** Ends what is under way. */
  closing: AbortController;
}

export interface OutgoingMessage {
  MessageBody: string;
  /** Whose messages this one shares its turns with. */
  MessageGroupId?: string;
  /** 0 to 900. */
  DelaySeconds?: number;
  MessageAttributes?: Record<string, MessageAttributeValue>;
}

interface Received {
  ReceiptHandle: string;
}

interface Hidden extends Received {
  /** Seconds from now, 0 to 43,200. */
  VisibilityTimeout: number;
}

/** Sends to one queue; a lone message goes at once. */
export function sending(
  { client, timeouts, random, closing }: Connection,
  QueueUrl: string,
): Batcher<OutgoingMessage> {
  return batcher({
    random,
    patience: timeouts.entry,
    few: 4,
    bytesOf: ({ MessageBody }) => Buffer.byteLength(MessageBody) + ATTRIBUTES,
    request: (Entries) =>
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries }), { abortSignal: closing.signal }),
  });
}

/** Deletes what was received from one queue. Nobody waits for that, so deletions rather go together. */
export function deleting(
  { client, timeouts, random, closing }: Connection,
  QueueUrl: string,
): Batcher<Received> {
  return batcher({
    random,
    patience: timeouts.entry,
    few: 2,
    request: (Entries) =>
      client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }), { abortSignal: closing.signal }),
  });
}

/** Hides what was received from one queue, from whoever else receives, for a while from now. */
export function hiding({ client, timeouts, random, closing }: Connection, QueueUrl: string): Batcher<Hidden> {
  return batcher({
    random,
    patience: timeouts.entry,
    few: 2,
    request: (Entries) =>
      client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }), {
        abortSignal: closing.signal,
      }),
  });
}
