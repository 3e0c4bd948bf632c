import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, vi, type TestContext } from "vitest";
import { bullmqQueue, bullmqSender } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { jobId } from "../../../src/jobs/job.ts";
import { watchProcess } from "../../end-to-end/process.ts";
import { memoryLog } from "../../memory-log.ts";
import { startRedis, type RedisServer } from "../../redis/redis-server.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { scriptOf } from "./script.ts";

const WAIT_OPTIONS = { timeout: 60_000, interval: 20 };

async function redis({ onTestFinished }: TestContext): Promise<RedisServer> {
  const server = await startRedis();
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** Opens a queue that is closed before the server. */
async function queueOn(
  { url }: Pick<RedisServer, "url">,
  { onTestFinished }: TestContext,
  options: Partial<Parameters<typeof bullmqQueue>[1]> = {},
) {
  const { log, logged } = memoryLog();
  const quick = { retryDelayMs: 5, visibilitySeconds: 1 };
  const queue = await bullmqQueue(url(1), { log, ...quick, ...options });
  onTestFinished(() => queue.close());
  return { queue, logged };
}

/** Makes an address that leads to one server and then to another, like a host name whose DNS record changes. */
async function nameFor(server: RedisServer, { onTestFinished }: TestContext) {
  let { port } = server;
  const listening = createServer((socket) => {
    const there = connect(port, "127.0.0.1");
    pipeline(socket, there, socket, () => {});
  }).listen(0, "127.0.0.1");
  await once(listening, "listening");
  onTestFinished(() => void listening.close());
  const own = (listening.address() as AddressInfo).port;
  return {
    url: (database = 0) => `redis://127.0.0.1:${own}/${database}`,
    changeTo: (other: RedisServer) => void ({ port } = other),
  };
}

const times = (text: string, logged: string): number => logged.split(text).length - 1;

describe.concurrent("while Redis is away", () => {
  it("no job is lost, and workers continue by themselves when it is back", async (test) => {
    const server = await redis(test);
    // Long, because the log would warn of a lock that expired while this process was busy.
    const { queue, logged } = await queueOn(server, test, { visibilitySeconds: 30 });
    const done = new Set<string>();
    const consumer = queue.consume(async (job) => void done.add(jobId(job)), { concurrency: 40 });
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(done.size).toBe(1), WAIT_OPTIONS);
    // Otherwise the outcome could not be reported, and the log would warn of that.
    const look = server.look(1);
    await vi.waitFor(async () => expect(await look.zcard("hotdog-bot:jobs:completed")).toBe(1), WAIT_OPTIONS);
    await server.kill();
    await vi.waitFor(() => expect(logged()).toContain("Redis cannot be reached"), WAIT_OPTIONS);
    // They have separate connections, which notice the outage one after the other.
    const lost = `the connection to redis://127.0.0.1:${server.port}/1 is lost`;
    await vi.waitFor(
      () => expect(queue.check(AbortSignal.timeout(1_000))).rejects.toThrow(lost),
      WAIT_OPTIONS,
    );
    await vi.waitFor(
      () => expect(consumer.check()).rejects.toThrow("the consumer's connection to Redis is lost"),
      WAIT_OPTIONS,
    );
    await wait(1_500);
    await server.start();
    await vi.waitFor(() => expect(logged()).toContain("Redis can be reached again"), WAIT_OPTIONS);
    await vi.waitFor(
      () => Promise.all([queue.check(AbortSignal.timeout(1_000)), consumer.check()]),
      WAIT_OPTIONS,
    );
    await vi.waitFor(() => queue.send(statsJob(2)), WAIT_OPTIONS);
    await vi.waitFor(() => expect(done).toEqual(new Set(["1", "2"])), WAIT_OPTIONS);
    expect(times("Redis cannot be reached", logged())).toBe(1);
    expect(times("Redis can be reached again", logged())).toBe(1);
    expect(times('"level":40', logged())).toBe(1);
    expect(times('"level":50', logged())).toBe(0);
  });

  it("jobs are finished, and reported or done again when it is back", async (test) => {
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
    await vi.waitFor(() => expect(started.size).toBe(3), WAIT_OPTIONS);
    await server.kill();
    gate.resolve();
    await wait(1_500);
    await server.start();
    const look = server.look(1);
    const states = async () => ({
      waiting: await look.llen("hotdog-bot:jobs:wait"),
      active: await look.lrange("hotdog-bot:jobs:active", 0, -1),
      stalled: await look.smembers("hotdog-bot:jobs:stalled"),
      done: await look.zcard("hotdog-bot:jobs:completed"),
    });
    await vi.waitFor(async () => expect(await states()).toMatchObject({ active: [], done: 3 }), WAIT_OPTIONS);
    // The sending connection recovers by itself, too, but not at the same moment.
    expect(await vi.waitFor(() => queue.deadLetters(), WAIT_OPTIONS)).toEqual([]);
  });

  it("a sender fails at once, and works again when it is back", async (test) => {
    const server = await redis(test);
    const { log, logged } = memoryLog();
    const sender = await bullmqSender(server.url(), { log });
    await sender.send(statsJob(1));
    await server.kill();
    await vi.waitFor(() => expect(logged()).toContain("Redis cannot be reached"), WAIT_OPTIONS);
    const started = performance.now();
    const unreachable = "Redis: it cannot be reached at present";
    await expect(sender.send(statsJob(2))).rejects.toThrow(unreachable);
    expect(performance.now() - started).toBeLessThan(2_000);
    await server.start();
    await vi.waitFor(() => sender.send(statsJob(2)), WAIT_OPTIONS);
    await sender.close();
    await expect(sender.send(statsJob(3))).rejects.toThrow(unreachable);
    expect(times("Redis cannot be reached", logged())).toBe(1);
  });

  it("a sender gives up at its time-out when Redis does not answer", async (test) => {
    const server = await redis(test);
    const { log } = memoryLog();
    const sender = await bullmqSender(server.url(), { log, timeouts: { commandMs: 2_000 } });
    server.freeze();
    const started = performance.now();
    await expect(sender.send(statsJob(1))).rejects.toThrow("Redis: it does not answer");
    expect(performance.now() - started).toBeGreaterThan(1_000);
    expect(performance.now() - started).toBeLessThan(6_000);
    server.resume();
    await vi.waitFor(() => sender.send(statsJob(2)), WAIT_OPTIONS);
    await sender.close();
  });

  it.for(["gone", "frozen"])(
    "a worker and a sender can be stopped within their deadlines: %s",
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
      await vi.waitFor(() => expect(started).toBe(1), WAIT_OPTIONS);
      if (how === "gone") await server.kill();
      else server.freeze();
      await wait(500);
      const before = performance.now();
      await consumer.stop(500);
      await queue.close();
      expect(performance.now() - before).toBeLessThan(6_000);
    },
  );

  it("closed queues do not keep a process alive, though they hold a job and Redis is gone or frozen", async (test) => {
    const [there, gone, frozen] = await Promise.all([redis(test), redis(test), redis(test)]);
    const script = scriptOf(
      [there, gone, frozen].map((server) => server.url()),
      `const names = ["there", "gone", "frozen"];
      async function holdOne(queue) {
        const begun = Promise.withResolvers();
        queue.consume(() => new Promise(() => begun.resolve()), { concurrency: 2 });
        await queue.send(${JSON.stringify(statsJob(1))});
        await begun.promise;
      }
      await Promise.all(queues.map(holdOne));
      console.log("all hold a job");
      await once(process.stdin, "data");
      await Promise.all(queues.map((queue, index) => queue.close().then(() => console.log("closed:", names[index]))));
      process.stdin.destroy();
      // Prints only if something else keeps the process alive.
      setTimeout(() => console.log("still there:", process.getActiveResourcesInfo()), 5_000).unref();`,
    );
    await using child = watchProcess(spawn(process.execPath, script), "the script");
    await child.waitFor(/all hold a job/);
    await gone.kill();
    frozen.freeze();
    await wait(500);
    child.child.stdin?.write("close");
    expect(await child.exited).toBe(0);
    expect(child.output().trim().split("\n").toSorted()).toEqual([
      "all hold a job",
      "closed: frozen",
      "closed: gone",
      "closed: there",
    ]);
    expect(await there.look().llen("hotdog-bot:jobs:wait")).toBe(1);
  });
});

describe.concurrent("a Redis whose host name leads to another server by now", () => {
  it.for(["becomes a replica", "answers no more"])(
    "is left for the other one when it %s",
    async (how, test) => {
      const [old, successor] = [await redis(test), await redis(test)];
      const name = await nameFor(old, test);
      // Longer than BullMQ waits for jobs, during which Redis sends nothing either.
      const { queue } = await queueOn(name, test, { timeouts: { commandMs: 3_000, silenceMs: 7_000 } });
      const done = new Set<string>();
      queue.consume(async (job) => void done.add(jobId(job)), { concurrency: 4 });
      await queue.send(statsJob(1));
      await vi.waitFor(() => expect(done.size).toBe(1), WAIT_OPTIONS);
      name.changeTo(successor);
      if (how === "answers no more") old.freeze();
      else await old.look().replicaof("127.0.0.1", successor.port);
      // Commands on the old connection time out after 3 s.
      await vi.waitFor(() => queue.send(statsJob(2)), { timeout: 40_000 });
      await vi.waitFor(() => expect(done).toEqual(new Set(["1", "2"])), { timeout: 40_000 });
    },
  );
});

describe.concurrent("a Redis that refuses writes for a while", () => {
  it("is logged once in ten seconds, however many jobs wait, and the work continues afterwards", async (test) => {
    const server = await redis(test);
    const { queue, logged } = await queueOn(server, test);
    await Promise.all(Array.from({ length: 200 }, (_, index) => queue.send(statsJob(index + 1))));
    const done = new Set<string>();
    queue.consume(
      async (job) => {
        await wait(5);
        done.add(jobId(job));
      },
      { concurrency: 4 },
    );
    await vi.waitFor(() => expect(done.size).toBeGreaterThan(10), { ...WAIT_OPTIONS, interval: 1 });
    const look = server.look(1);
    await look.config("SET", "min-replicas-to-write", "1");
    await vi.waitFor(() => expect(logged()).toContain("NOREPLICAS"), WAIT_OPTIONS);
    await wait(1_000);
    expect(times("Redis refused a command of the queue", logged())).toBe(1);
    await look.config("SET", "min-replicas-to-write", "0");
    await vi.waitFor(() => expect(done.size).toBe(200), WAIT_OPTIONS);
  });
});
