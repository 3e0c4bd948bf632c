import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SQSClient,
  type ReceiveMessageResult,
} from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";

/** Environment variables with which the SDK uses this server. */
export const AWS_ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
};

export const ACCOUNT = "000000000000";

export interface SqsServer {
  origin: string;
  client: SQSClient;
  /** @returns its URL */
  createQueue(name: string, attributes?: Record<string, string>): Promise<string>;
  urlOf(name: string): string;
  /** Counts the messages of a queue by state. */
  count(name: string): Promise<{ visible: number; hidden: number; delayed: number }>;
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
  const client = new SQSClient({
    endpoint: origin,
    region: AWS_ENVIRONMENT.AWS_REGION,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

  async function giveBack(QueueUrl: string, answer: string): Promise<void> {
    const { Messages = [] } = JSON.parse(answer) as ReceiveMessageResult;
    for (const { ReceiptHandle } of Messages)
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
  }

  const urlOf = (name: string): string => `${origin}/${ACCOUNT}/${name}`;

  return {
    origin,
    client,
    urlOf,

    async createQueue(name, attributes = {}) {
      await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
      return urlOf(name);
    },

    async count(name) {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ["All"] }),
      );
      return {
        visible: Number(Attributes?.ApproximateNumberOfMessages),
        hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(Attributes?.ApproximateNumberOfMessagesDelayed),
      };
    },

    async close() {
      client.destroy();
      await app.close();
    },
  };
}
