import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi, type TestContext } from "vitest";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import type { JobQueue } from "../../../src/queue/queue.ts";
import { memoryLog } from "../../memory-log.ts";
import { startRedis, type RedisServer } from "../../redis/redis-server.ts";
import { statsJob } from "../../jobs/jobs.ts";

const WAIT_OPTIONS = { timeout: 60_000, interval: 20 };
const PLACE = "1573794232416600065";
const PERSON = "1573794232416600066";
const TOKEN = "a-token-that-nobody-should-find";
const SECRETS = [PERSON, PLACE, TOKEN, "3 5 8"];

function privateJob(id: number) {
  const { interaction } = statsJob(id);
  return statsJob(id, { interaction: { ...interaction, userId: PERSON, channelId: PLACE, token: TOKEN } });
}

/** Starts a Redis whose append-only file contains all values in plain text. */
async function start(
  { onTestFinished }: TestContext,
  { aofRewriteIntervalMs = 60_000, settings = [] as string[] } = {},
) {
  const redis = await startRedis({ settings: ["--aof-use-rdb-preamble", "no", ...settings] });
  onTestFinished(() => redis[Symbol.asyncDispose]());
  const { log, logged } = memoryLog();
  const queue = await bullmqQueue(redis.url(), { log, aofRewriteIntervalMs, retryDelayMs: 5 });
  onTestFinished(() => queue.close());
  return { redis, look: redis.look(), queue, logged };
}

/** Reads the append-only files; again when one of them is replaced meanwhile. */
async function contentOf(redis: RedisServer): Promise<string> {
  return vi.waitFor(() => readAll(redis), WAIT_OPTIONS);
}

async function readAll({ folder }: RedisServer): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")),
  );
  return texts.join("\n");
}

/** Reads all values in Redis. */
async function valuesIn(look: ReturnType<RedisServer["look"]>): Promise<string> {
  const found: unknown[] = [];
  for (const key of await look.keys("*")) {
    const type = await look.type(key);
    // It has expired meanwhile.
    if (type === "none") continue;
    const read = {
      hash: () => look.hgetall(key),
      list: () => look.lrange(key, "0", "-1"),
      zset: () => look.zrange(key, "0", "-1"),
      set: () => look.smembers(key),
      stream: () => look.xrange(key, "-", "+"),
      string: () => look.get(key),
    }[type];
    if (read === undefined) throw new Error(`${key} has a type that this test does not read`);
    found.push(key, await read());
  }
  return JSON.stringify(found);
}

function secretsIn(text: string): string[] {
  return SECRETS.filter((secret) => text.includes(secret));
}

async function doAll(queue: JobQueue, count: number, look: ReturnType<RedisServer["look"]>): Promise<void> {
  for (let id = 1; id <= count; id += 1) await queue.send(privateJob(id));
  expect(secretsIn(await valuesIn(look))).toEqual(SECRETS);
  // Every second job fails once.
  queue.consume(
    async (job, { attempt }) => {
      if (attempt === 1 && job.kind === "stats" && Number(job.interaction.id) % 2 === 0)
        throw new Error("once");
    },
    { concurrency: 10 },
  );
  await vi.waitFor(
    async () => expect(await look.zcard("hotdog-bot:jobs:completed")).toBe(count),
    WAIT_OPTIONS,
  );
}

describe("a job on Redis that is done", () => {
  it("leaves no person, place, token or request behind, and is recognized when it is sent again", async (test) => {
    const { queue, look } = await start(test);
    await doAll(queue, 20, look);
    expect(secretsIn(await valuesIn(look))).toEqual([]);
    await queue.send(privateJob(7));
    expect(await look.llen("hotdog-bot:jobs:wait")).toBe(0);
    expect(await look.zcard("hotdog-bot:jobs:completed")).toBe(20);
    expect(secretsIn(await valuesIn(look))).toEqual([]);
  });

  it("stays whole when it is a dead letter", async (test) => {
    const { queue, look } = await start(test);
    queue.consume(() => Promise.reject(new Error("no")), { concurrency: 1 });
    await queue.send(privateJob(1));
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(1), WAIT_OPTIONS);
    expect(secretsIn(await valuesIn(look))).toEqual(SECRETS);
  });

  it("is gone from the append-only file, too, after a worker has had it rewritten", async (test) => {
    const { redis, queue, look, logged } = await start(test, { aofRewriteIntervalMs: 300 });
    await doAll(queue, 20, look);
    await vi.waitFor(async () => expect(secretsIn(await contentOf(redis))).toEqual([]), WAIT_OPTIONS);
    expect(await contentOf(redis)).toContain("i-20-stats");
    expect(logged()).not.toContain("BGREWRITEAOF");
  });

  it("stays in that file until then", async (test) => {
    const { redis, queue, look } = await start(test);
    // As if another worker had just had it rewritten.
    await look.set("hotdog-bot:rewritten", "", "EX", 900);
    await doAll(queue, 1, look);
    expect(secretsIn(await contentOf(redis))).toEqual(SECRETS);
  });
});

describe("a Redis whose append-only file may not be rewritten", () => {
  it("is used anyway, and the log warns once", async (test) => {
    const { queue, look, logged } = await start(test, {
      aofRewriteIntervalMs: 50,
      settings: ["--rename-command", "BGREWRITEAOF", ""],
    });
    await doAll(queue, 2, look);
    const warnings = (): number => logged().split("Redis does not allow BGREWRITEAOF").length - 1;
    await vi.waitFor(() => expect(warnings()).toBe(1), WAIT_OPTIONS);
    await queue.send(privateJob(3));
    await vi.waitFor(async () => expect(await look.zcard("hotdog-bot:jobs:completed")).toBe(3), WAIT_OPTIONS);
    expect(warnings()).toBe(1);
  });
});
