import { Queue } from "bullmq";
import { afterAll, beforeAll } from "vitest";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { memoryLog } from "../../memory-log.ts";
import { startRedis, type RedisServer } from "../../redis/redis-server.ts";
import { deadLetterObserver } from "../dead-letter-observer.ts";
import { queueContract } from "../contract.ts";

let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis[Symbol.asyncDispose]());

queueContract("bullmq", async (retryDelayMs) => {
  const database = redis.nextDatabase();
  const { log, logged } = memoryLog();
  const { observe, causes } = deadLetterObserver();
  const queue = await bullmqQueue(redis.url(database), { log, observe, retryDelayMs });
  const strange = new Queue("jobs", { connection: redis.look(database), prefix: "hotdog-bot" });
  return { queue, logged, causes, sendBody: async (body) => void (await strange.add("strange", body)) };
});
