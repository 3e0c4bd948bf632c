import { Queue } from "bullmq";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { senderClient } from "../../../src/queue/bullmq/connection.ts";
import { requireRedisUrl } from "../../../src/queue/bullmq/redis-address.ts";
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

it("sends the commands of one turn of the event loop together", async () => {
  const client = senderClient(requireRedisUrl(redis.url()));
  await client.connect();
  const before = client.stream.bytesWritten;
  const [one, other] = [client.echo("one"), client.echo("other")];
  // What is held back counts as written; the length is what has not been passed on.
  const size = client.stream.bytesWritten - before;

  expect(client.stream.writableLength).toBe(size);
  expect(await Promise.all([one, other])).toEqual(["one", "other"]);
  expect(client.stream.writableLength).toBe(0);
  client.disconnect();
});
