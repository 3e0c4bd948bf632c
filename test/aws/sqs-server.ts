import { ChangeMessageVisibilityCommand, type ReceiveMessageResult } from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";
import { sqsQueues, type SqsQueues } from "./sqs-queues.ts";

export const ACCOUNT = "000000000000";

export interface SqsServer extends SqsQueues {
  close(): Promise<void>;
}

/**
 * Starts SQS in memory, on a free port. fauxqs by itself hides messages that it returns to a client that is gone. Here they become
 * visible again at once, so that the last poll of a killed worker does not delay a test.
 */
export async function startSqsServer(): Promise<SqsServer> {
  const host = "127.0.0.1";
  const app = buildApp({ logger: false, host });
  app.addHook("onSend", async (request, _reply, payload) => {
    const gone = request.raw.socket.destroyed;
    if (gone && request.headers["x-amz-target"] === "AmazonSQS.ReceiveMessage")
      await giveBack((request.body as { QueueUrl: string }).QueueUrl, String(payload));
    return payload;
  });
  const origin = await app.listen({ port: 0, host });
  const queues = sqsQueues(origin, ACCOUNT);
  const { client } = queues;

  async function giveBack(QueueUrl: string, answer: string): Promise<void> {
    const { Messages = [] } = JSON.parse(answer) as ReceiveMessageResult;
    for (const { ReceiptHandle } of Messages)
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
  }

  return {
    ...queues,
    async close() {
      client.destroy();
      await app.close();
    },
  };
}
