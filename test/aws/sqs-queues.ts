import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";

/** Environment variables with which the SDK uses a test server. */
export const AWS_ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
};

/** The queues of an SQS server. */
export interface SqsQueues {
  origin: string;
  client: SQSClient;
  /** @returns its URL */
  createQueue(name: string, attributes?: Record<string, string>): Promise<string>;
  urlOf(name: string): string;
  /** Counts the messages of a queue by state. */
  count(name: string): Promise<{ visible: number; hidden: number; delayed: number }>;
}

/** @param account the account that the server puts into the URLs of queues */
export function sqsQueues(origin: string, account: string): SqsQueues {
  const client = new SQSClient({
    endpoint: origin,
    region: AWS_ENVIRONMENT.AWS_REGION,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const urlOf = (name: string): string => `${origin}/${account}/${name}`;
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
  };
}
