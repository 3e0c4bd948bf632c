import { Queue } from "bullmq";
import { afterAll, beforeAll } from "vitest";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { memoryLog } from "../../logged.ts";
import { startRedis, type RedisServer } from "../../redis/redis-server.ts";
import { deadLetterObserver } from "../buried.ts";
import { queueContract } from "../contract.ts";

let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis[Symbol.asyncDispose]());

queueContract("bullmq", async (firstDelay) => {
  const database = redis.nextDatabase();
  const { log, logged } = memoryLog();
  const { observe, buried } = deadLetterObserver();
  const queue = await bullmqQueue(redis.url(database), { log, observe, firstDelay });
  const strange = new Queue("jobs", { connection: redis.look(database), prefix: "hotdog-bot" });
  return { queue, logged, buried, sendBody: async (body) => void (await strange.add("strange", body)) };
});
