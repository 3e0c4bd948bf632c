import { afterAll, beforeAll, type TestContext } from "vitest";
import type { Redis } from "ioredis";
import type { JobQueue } from "../../../src/queue/queue.ts";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { memoryLog } from "../../memory-log.ts";
import { startRedis, type RedisServer } from "../../redis/redis-server.ts";

export interface UsedRedis {
  server: RedisServer;
  /** URL of a database that only this test uses. */
  url: string;
  /** Client that looks into the database. */
  look: Redis;
  /** Counts the jobs in each state. */
  count(): Promise<{ waiting: number; active: number; delayed: number; done: number; failed: number }>;
  /** Opens a queue as a worker does, with a short retry delay. */
  open(
    options?: Partial<Parameters<typeof bullmqQueue>[1]>,
  ): Promise<{ queue: JobQueue; logged: () => string }>;
}

export const IDLE = { waiting: 0, active: 0, delayed: 0, done: 0, failed: 0 };

/**
 * Starts a Redis for the tests of one file.
 * @returns a function that gives a test its own database, whose queues are closed after the test; tests may run concurrently
 */
export function useRedis(): (test: TestContext) => Promise<UsedRedis> {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(() => server[Symbol.asyncDispose]());

  return async ({ onTestFinished }) => {
    const database = server.nextDatabase();
    const url = server.url(database);
    const look = server.look(database);
    const opened: JobQueue[] = [];
    onTestFinished(async () => {
      await Promise.all(opened.map((queue) => queue.close()));
    });
    const key = (name: string): string => `hotdog-bot:jobs:${name}`;

    return {
      server,
      url,
      look,
      async count() {
        return {
          waiting: await look.llen(key("wait")),
          active: await look.llen(key("active")),
          delayed: await look.zcard(key("delayed")),
          done: await look.zcard(key("completed")),
          failed: await look.zcard(key("failed")),
        };
      },
      async open(options) {
        const { log, logged } = memoryLog();
        // On a busy machine, a shorter visibility could end while a test holds a job.
        const quick = { retryDelayMs: 5, visibilitySeconds: 30 };
        const queue = await bullmqQueue(url, { log, ...quick, ...options });
        opened.push(queue);
        return { queue, logged };
      },
    };
  };
}
