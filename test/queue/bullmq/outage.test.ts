import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, vi, type TestContext } from "vitest";
import { bullmqQueue, bullmqSender } from "../../../src/queue/bullmq.ts";
import { jobId } from "../../../src/queue/job.ts";
import { memoryLog } from "../../logged.ts";
import { startRedis, type RedisServer } from "../../redis/redis-server.ts";
import { statsJob } from "../jobs.ts";

const LONG = { timeout: 25_000, interval: 20 };

async function redis({ onTestFinished }: TestContext): Promise<RedisServer> {
  const server = await startRedis();
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** Closed before the server. */
async function queueOn(server: RedisServer, { onTestFinished }: TestContext) {
  const { log, logged } = memoryLog();
  const quick = { firstDelay: 5, lockDuration: 1_000, stalledInterval: 200 };
  const queue = await bullmqQueue(server.url(1), { log, ...quick });
  onTestFinished(() => queue.close());
  return { queue, logged };
}

const times = (text: string, logged: string): number => logged.split(text).length - 1;

describe.concurrent("while Redis is away", () => {
  it("nothing is lost of what it has taken, and workers go on by themselves when it is back", async (test) => {
    const server = await redis(test);
    const { queue, logged } = await queueOn(server, test);
    const done = new Set<string>();
    queue.consume(async (job) => void done.add(jobId(job)), { concurrency: 40 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(done.size).toBe(1), LONG);
    // Else what became of it could not be told, of which the log would warn.
    const look = server.look(1);
    await vi.waitFor(async () => expect(await look.zcard("hotdog-bot:jobs:completed")).toBe(1), LONG);
    await server.kill();
    await vi.waitFor(() => expect(logged()).toContain("Redis cannot be reached"), LONG);
    await wait(1_500);
    await server.start();
    await vi.waitFor(() => expect(logged()).toContain("Redis can be reached again"), LONG);
    await vi.waitFor(() => queue.send(statsJob(2)), LONG);
    await vi.waitFor(() => expect(done).toEqual(new Set(["1", "2"])), LONG);
    expect(times("Redis cannot be reached", logged())).toBe(1);
    expect(times("Redis can be reached again", logged())).toBe(1);
    expect(times('"level":40', logged())).toBe(1);
    expect(times('"level":50', logged())).toBe(0);
  });

  it("what a worker has done meanwhile is told afterwards, and done again at the most", async (test) => {
    const server = await redis(test);
    const { queue } = await queueOn(server, test);
    const gate = Promise.withResolvers<void>();
    const started = new Set<string>();
    queue.consume(
      async (job) => {
        started.add(jobId(job));
        await gate.promise;
      },
      { concurrency: 40 },
    );
    for (let id = 1; id <= 3; id += 1) await queue.send(statsJob(id));
    await vi.waitFor(() => expect(started.size).toBe(3), LONG);
    await server.kill();
    gate.resolve();
    await wait(1_500);
    await server.start();
    const look = server.look(1);
    await vi.waitFor(async () => expect(await look.zcard("hotdog-bot:jobs:completed")).toBe(3), LONG);
    // The connection that sends comes back by itself, too, but not at the same moment.
    expect(await vi.waitFor(() => queue.deadLetters(), LONG)).toEqual([]);
  });

  it("a sender fails at once, and works again when it is back", async (test) => {
    const server = await redis(test);
    const { log, logged } = memoryLog();
    const sender = await bullmqSender(server.url(), { log });
    await sender.send(statsJob(1));
    await server.kill();
    await vi.waitFor(() => expect(logged()).toContain("Redis cannot be reached"), LONG);
    const started = performance.now();
    await expect(sender.send(statsJob(2))).rejects.toThrow("writeable");
    expect(performance.now() - started).toBeLessThan(2_000);
    await server.start();
    await vi.waitFor(() => sender.send(statsJob(2)), LONG);
    await sender.close();
    await expect(sender.send(statsJob(3))).rejects.toThrow("writeable");
    expect(times("Redis cannot be reached", logged())).toBe(1);
  });

  it("a sender gives up after ten seconds when nothing is answered", async (test) => {
    const server = await redis(test);
    const { log } = memoryLog();
    const sender = await bullmqSender(server.url(), { log });
    server.freeze();
    const started = performance.now();
    await expect(sender.send(statsJob(1))).rejects.toThrow("timed out");
    expect(performance.now() - started).toBeGreaterThan(5_000);
    expect(performance.now() - started).toBeLessThan(14_000);
    server.resume();
    await vi.waitFor(() => sender.send(statsJob(2)), LONG);
    await sender.close();
  });

  it.for(["gone", "frozen"])(
    "a worker and a sender can be stopped within their time: %s",
    async (how, test) => {
      const server = await redis(test);
      const { queue } = await queueOn(server, test);
      let started = 0;
      const consumer = queue.consume(
        async () => {
          started += 1;
          await new Promise(() => {});
        },
        { concurrency: 40 },
      );
      await queue.send(statsJob(1));
      await vi.waitFor(() => expect(started).toBe(1), LONG);
      if (how === "gone") await server.kill();
      else server.freeze();
      await wait(500);
      const before = performance.now();
      await consumer.stop(500);
      await queue.close();
      expect(performance.now() - before).toBeLessThan(6_000);
    },
  );
});
