import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { JobQueue } from "../../../src/queue/queue.ts";
import { sqsQueue } from "../../../src/queue/sqs.ts";
import { startSqsProxy, type SqsProxy } from "../../aws/sqs-proxy.ts";
import { ACCOUNT, AWS_ENVIRONMENT, startSqsServer, type SqsServer } from "../../aws/sqs-server.ts";
import { memoryLog } from "../../logged.ts";

interface UsedSqs {
  server: SqsServer;
  /** In front of the server; another for each test. */
  proxy: SqsProxy;
  /** The address of a queue through the proxy. */
  urlOf(name: string): string;
  /** @returns the name of a queue that only this test knows */
  createQueue(attributes?: Record<string, string>): Promise<string>;
  /** A queue as a worker opens it, closed after the test. */
  open(name: string, options?: Partial<Parameters<typeof sqsQueue>[1]>): Promise<OpenQueue>;
  /** The same, past the proxy. */
  openDirectly(name: string): Promise<JobQueue>;
}

interface OpenQueue {
  queue: JobQueue;
  logged: () => string;
}

/** An SQS server for the tests of one file, with the environment that the SDK wants. */
export function useSqs(): UsedSqs {
  let opened: JobQueue[] = [];
  let queues = 0;

  beforeAll(async () => {
    used.server = await startSqsServer();
  });

  beforeEach(async () => {
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    used.proxy = await startSqsProxy(used.server.origin);
  });

  afterEach(async () => {
    await Promise.all(opened.map((queue) => queue.close()));
    opened = [];
    await used.proxy.close();
    vi.unstubAllEnvs();
  });

  afterAll(() => used.server.close());

  const used: UsedSqs = {
    server: undefined as never,
    proxy: undefined as never,

    urlOf: (name) => `${used.proxy.origin}/${ACCOUNT}/${name}`,

    async createQueue(attributes) {
      const name = `queue-${(queues += 1)}`;
      await used.server.createQueue(name, attributes);
      return name;
    },

    async open(name, options) {
      const { log, logged } = memoryLog();
      const queue = await sqsQueue(used.urlOf(name), {
        log,
        firstDelay: 5,
        visibility: 2,
        waitTime: 1,
        ...options,
      });
      opened.push(queue);
      return { queue, logged };
    },

    async openDirectly(name) {
      const { log } = memoryLog();
      const queue = await sqsQueue(used.server.urlOf(name), { log, visibility: 2, waitTime: 1 });
      opened.push(queue);
      return queue;
    },
  };
  return used;
}

export function redrivePolicy(target: string, maxReceiveCount: number): Record<string, string> {
  const deadLetterTargetArn = `arn:aws:sqs:${AWS_ENVIRONMENT.AWS_REGION}:${ACCOUNT}:${target}`;
  return { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) };
}
