import { afterAll, beforeAll, vi, type TestContext } from "vitest";
import type { JobQueue } from "../../../src/queue/queue.ts";
import { sqsQueue } from "../../../src/queue/sqs/sqs-queue.ts";
import { startSqsProxy, type SqsProxy } from "../../aws/sqs-proxy.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { ACCOUNT, startSqsServer, type SqsServer } from "../../aws/sqs-server.ts";
import { memoryLog } from "../../memory-log.ts";

export interface UsedSqs {
  server: SqsServer;
  /** A proxy in front of the server, for this test alone. */
  proxy: SqsProxy;
  /** Returns the URL of a queue through the proxy. */
  urlOf(name: string): string;
  /** Creates a queue for this test alone. @returns its name */
  createQueue(attributes?: Record<string, string>): Promise<string>;
  /** Opens a queue as a worker does, through the proxy. */
  open(name: string, options?: Partial<Parameters<typeof sqsQueue>[1]>): Promise<OpenQueue>;
  /** Opens a queue as a worker does, without the proxy. */
  openDirectly(name: string): Promise<JobQueue>;
}

interface OpenQueue {
  queue: JobQueue;
  logged: () => string;
}

/**
 * Starts an SQS server for the tests of one file, with the environment that the SDK needs.
 * @returns a function that gives a test its own proxy, which is closed after the test; tests may run concurrently
 */
export function useSqs(): (test: TestContext) => Promise<UsedSqs> {
  let server: SqsServer;
  let queues = 0;
  beforeAll(async () => {
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    server = await startSqsServer();
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  return async ({ onTestFinished }) => {
    const proxy = await startSqsProxy(server.origin);
    const opened: JobQueue[] = [];
    onTestFinished(async () => {
      await Promise.all(opened.map((queue) => queue.close()));
      await proxy.close();
    });
    const urlOf = (name: string): string => `${proxy.origin}/${ACCOUNT}/${name}`;

    return {
      server,
      proxy,
      urlOf,

      async createQueue(attributes) {
        const name = `queue-${(queues += 1)}`;
        await server.createQueue(name, attributes);
        return name;
      },

      async open(name, options) {
        const { log, logged } = memoryLog();
        const quick = { retryDelayMs: 5, pollWaitSeconds: 1, deadLetterWaitSeconds: 0 };
        // On a busy machine, shorter ones could end during a test.
        const patient = { visibilitySeconds: 30, timeouts: { requestMs: 20_000, entryMs: 60_000 } };
        const queue = await sqsQueue(urlOf(name), { log, ...quick, ...patient, ...options });
        opened.push(queue);
        return { queue, logged };
      },

      async openDirectly(name) {
        const { log } = memoryLog();
        const queue = await sqsQueue(server.urlOf(name), { log, visibilitySeconds: 2, pollWaitSeconds: 1 });
        opened.push(queue);
        return queue;
      },
    };
  };
}

export function redrivePolicy(target: string, maxReceiveCount: number): Record<string, string> {
  const deadLetterTargetArn = `arn:aws:sqs:${AWS_ENVIRONMENT.AWS_REGION}:${ACCOUNT}:${target}`;
  return { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) };
}
