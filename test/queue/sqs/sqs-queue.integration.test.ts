import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, vi } from "vitest";
import { sqsQueue } from "../../../src/queue/sqs/sqs-queue.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { startSqsServer, type SqsServer } from "../../aws/sqs-server.ts";
import { memoryLog } from "../../memory-log.ts";
import { deadLetterObserver } from "../dead-letter-observer.ts";
import { queueContract } from "../contract.ts";

let server: SqsServer;
let queues = 0;

beforeAll(async () => {
  for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
  server = await startSqsServer();
});

afterAll(async () => {
  await server.close();
  vi.unstubAllEnvs();
});

queueContract("sqs", async (retryDelayMs) => {
  const url = await server.createQueue(`contract-${(queues += 1)}`);
  const { log, logged } = memoryLog();
  const { observe, causes } = deadLetterObserver();
  const queue = await sqsQueue(url, {
    log,
    observe,
    retryDelayMs,
    visibilitySeconds: 30,
    pollWaitSeconds: 1,
    deadLetterWaitSeconds: 0,
  });
  const sendBody = async (body: string): Promise<void> => {
    await server.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
  };
  return { queue, logged, causes, sendBody };
});
