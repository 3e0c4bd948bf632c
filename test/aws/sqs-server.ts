import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";

/** What the SDK finds in the environment of a process that is to use this server. */
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
  /** Messages that are there, by state. */
  count(name: string): Promise<{ visible: number; hidden: number; delayed: number }>;
  close(): Promise<void>;
}

/** SQS in memory, on a port of its own. */
export async function startSqsServer(): Promise<SqsServer> {
  const host = "127.0.0.1";
  const app = buildApp({ logger: false, host });
  const origin = await app.listen({ port: 0, host });
  const client = new SQSClient({
    endpoint: origin,
    region: AWS_ENVIRONMENT.AWS_REGION,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
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
