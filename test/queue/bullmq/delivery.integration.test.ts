import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { describe, expect, it, vi, type TestContext } from "vitest";
import type { Job } from "../../../src/jobs/job.ts";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import { RetryLaterError, RefusedJobError, type Delivery } from "../../../src/queue/queue.ts";
import { memoryLog } from "../../memory-log.ts";
import { startTcpProxy } from "../../redis/tcp-proxy.ts";
import { deadLetterObserver } from "../dead-letter-observer.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { scriptOf } from "./script.ts";
import { IDLE, useRedis, type UsedRedis } from "./use-redis.ts";

const start = useRedis();
const WAIT_OPTIONS = { timeout: 60_000, interval: 20 };

/** Runs a worker that kills itself when it receives a job. */
async function killWorker(url: string): Promise<void> {
  const script = scriptOf(
    [url],
    `queues[0].consume(() => process.kill(process.pid, "SIGKILL"), { concurrency: 3 });`,
  );
  const [, signal] = await once(spawn(process.execPath, script, { stdio: "inherit" }), "exit");
  expect(signal).toBe("SIGKILL");
}

/**
 * Opens workers that lose their connection for good as soon as they receive a job, as if they had been killed.
 * @returns a function that returns how many have lost it so far
 */
async function openDoomedWorkers(
  count: number,
  { server, url }: UsedRedis,
  { onTestFinished }: TestContext,
): Promise<() => number> {
  const closing: (() => Promise<void>)[] = [];
  onTestFinished(async () => void (await Promise.all(closing.map((close) => close()))));
  let deaths = 0;
  for (let opened = 0; opened < count; opened += 1) {
    const proxy = await startTcpProxy(server.port);
    const address = new URL(url);
    address.port = String(proxy.port);
    const queue = await bullmqQueue(address.href, { log: memoryLog().log, visibilitySeconds: 0.4 });
    closing.push(() => queue.close().then(() => proxy[Symbol.asyncDispose]()));
    const die = (): Promise<void> => {
      proxy.behave("reset");
      deaths += 1;
      return new Promise(() => {});
    };
    queue.consume(die, { concurrency: 1 });
  }
  return () => deaths;
}

/** Makes a transaction log, which has the id of the job that it belongs to. */
function logOf(id: number): Job {
  const numbers = { numbers: ["3"], min: "3", max: "3", mean: "3", median: "3" };
  const place = { channelId: "30", guildId: "20", answeredAt: "2026-11-21T20:16:27.233Z" };
  const transaction = {
    id: String(id),
    kind: "stats" as const,
    request: "3",
    attempts: 1,
    ...place,
    ...numbers,
  };
  return { kind: "transaction-log", transaction };
}

describe.concurrent("a job on Redis", () => {
  it("is redelivered to another worker when the first one is killed, and that counts as an attempt", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open({ visibilitySeconds: 1 });
    await queue.send(statsJob(1));
    await killWorker(redis.url);
    const deliveries: Delivery[] = [];
    queue.consume(async (_job, delivery) => void deliveries.push(delivery), { concurrency: 1 });
    await vi.waitFor(() => expect(deliveries).toEqual([{ attempt: 2, last: false }]), WAIT_OPTIONS);
  });

  it("is locked for 15 s at a time, and stalled jobs are looked for every 5 s", async (test) => {
    const redis = await start(test);
    const queue = await bullmqQueue(redis.url, { log: memoryLog().log });
    test.onTestFinished(() => queue.close());
    const work = Promise.withResolvers<void>();
    queue.consume(() => work.promise, { concurrency: 1 });
    await queue.send(statsJob(1));
    async function timeLeftOf(key: string): Promise<number> {
      return vi.waitFor(async () => {
        const [found = ""] = await redis.look.keys(`hotdog-bot:jobs:${key}`);
        const left = await redis.look.pttl(found);
        expect(left).toBeGreaterThan(0);
        return left;
      }, WAIT_OPTIONS);
    }
    expect(await timeLeftOf("*:lock")).toBeLessThanOrEqual(15_000);
    expect(await timeLeftOf("stalled-check")).toBeLessThanOrEqual(5_000);
    work.resolve();
  });

  it("becomes a dead letter when it kills every worker, and can be retried", async (test) => {
    const redis = await start(test);
    const { observe, causes } = deadLetterObserver();
    const { queue, logged } = await redis.open({ observe, visibilitySeconds: 1 });
    await queue.send(statsJob(1));
    const deaths = await openDoomedWorkers(6, redis, test);
    await vi.waitFor(() => expect(deaths()).toBe(6), WAIT_OPTIONS);
    const deliveries: Delivery[] = [];
    queue.consume(async (_job, delivery) => void deliveries.push(delivery), { concurrency: 1 });
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(1), WAIT_OPTIONS);
    expect(deliveries).toEqual([]);
    const [deadLetter] = await queue.deadLetters();
    expect(deadLetter?.reason).toBe("delivered several times, but no worker lived to report an outcome");
    await vi.waitFor(() => expect(logged()).toContain("moved a job to the dead-letter queue"), WAIT_OPTIONS);
    expect(causes()).toEqual(["abandoned"]);
    await queue.retryDeadLetters();
    await vi.waitFor(() => expect(deliveries).toEqual([{ attempt: 1, last: false }]), WAIT_OPTIONS);
  });

  it("keeps its number of attempts when it is postponed", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    const deliveries: Delivery[] = [];
    queue.consume(
      async (_job, delivery) => {
        deliveries.push(delivery);
        if (deliveries.length === 1) throw new Error("counts");
        if (deliveries.length <= 4) throw new RetryLaterError(1);
      },
      { concurrency: 1 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(async () => expect(await redis.count()).toEqual({ ...IDLE, done: 1 }), WAIT_OPTIONS);
    expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 2, 2, 2]);
  });

  it("is delivered only once, however long its handler takes", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open({ visibilitySeconds: 3 });
    const deliveries: Delivery[] = [];
    queue.consume(
      async (_job, delivery) => {
        deliveries.push(delivery);
        await new Promise((resolve) => setTimeout(resolve, 5_000));
      },
      { concurrency: 2 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(async () => expect(await redis.count()).toEqual({ ...IDLE, done: 1 }), WAIT_OPTIONS);
    expect(deliveries).toHaveLength(1);
  });

  it("is handled with as many others as the concurrency allows, and no more, by several BullMQ workers", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    await Promise.all(Array.from({ length: 60 }, (_, index) => queue.send(statsJob(index + 1))));
    const release = Promise.withResolvers<void>();
    let held = 0;
    let most = 0;
    queue.consume(
      async () => {
        held += 1;
        most = Math.max(most, held);
        await release.promise;
        held -= 1;
      },
      { concurrency: 41 },
    );
    await vi.waitFor(() => expect(held).toBe(41), WAIT_OPTIONS);
    release.resolve();
    await vi.waitFor(async () => expect(await redis.count()).toEqual({ ...IDLE, done: 60 }), WAIT_OPTIONS);
    expect(most).toBe(41);
  });

  it("is done once when it is sent twice, before and after it is done", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    await Promise.all([queue.send(statsJob(1)), queue.send(statsJob(1))]);
    let done = 0;
    queue.consume(async () => void (done += 1), { concurrency: 2 });
    await vi.waitFor(async () => expect(await redis.count()).toEqual({ ...IDLE, done: 1 }), WAIT_OPTIONS);
    await queue.send(statsJob(1));
    expect(await redis.count()).toEqual({ ...IDLE, done: 1 });
    expect(done).toBe(1);
  });

  it("is not confused with its own transaction log", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    const kinds: string[] = [];
    queue.consume(
      async (job) => {
        kinds.push(job.kind);
        if (job.kind === "stats") await queue.send(logOf(1));
      },
      { concurrency: 2 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(kinds).toEqual(["stats", "transaction-log"]), WAIT_OPTIONS);
  });

  it("is remembered for 15 minutes when it is done, without the stack of its errors", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    queue.consume(
      async (_job, { attempt }) => {
        if (attempt === 1) throw new Error("once");
      },
      { concurrency: 1 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(async () => expect(await redis.count()).toEqual({ ...IDLE, done: 1 }), WAIT_OPTIONS);
    const kept = await redis.look.hgetall("hotdog-bot:jobs:i-1-stats");
    expect(JSON.parse(kept["opts"] ?? "")).toMatchObject({ removeOnComplete: { age: 900, count: 20_000 } });
    expect(kept["stacktrace"]).toBe("[]");
    // As if it had been done 15 minutes ago.
    await redis.look.zadd("hotdog-bot:jobs:completed", Date.now() - 901_000, "i-1-stats");
    await queue.send(statsJob(2));
    await vi.waitFor(
      async () =>
        expect(await redis.look.zrange("hotdog-bot:jobs:completed", "0", "-1")).toEqual(["i-2-stats"]),
      WAIT_OPTIONS,
    );
    expect(await redis.look.exists("hotdog-bot:jobs:i-1-stats")).toBe(0);
  });

  it("has a reason of at most 1,000 characters when it is a dead letter, whatever was thrown", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    queue.consume(
      async (job) => {
        // oxlint-disable-next-line typescript/only-throw-error
        throw job.kind === "stats" && job.request === "long" ? new Error("x".repeat(5_000)) : undefined;
      },
      { concurrency: 2 },
    );
    await Promise.all([queue.send(statsJob(1)), queue.send(statsJob(2, { request: "long" }))]);
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(2), WAIT_OPTIONS);
    const reasons = (await queue.deadLetters()).map(({ reason }) => reason);
    expect(reasons.toSorted()).toEqual(["undefined", "x".repeat(1_000)]);
  });
});

describe.concurrent("a consumer on Redis that has done many jobs", () => {
  it("keeps nothing of them in memory, and few of their events in Redis", async (test) => {
    const redis = await start(test);
    const script = scriptOf(
      [redis.url],
      `import { queryObjects } from "node:v8";
      import { statsJob } from ${JSON.stringify(new URL("../../jobs/jobs.ts", import.meta.url).href)};
      const [queue] = queues;
      const promises = [];
      let [sent, done] = [0, 0];
      queue.consume(async () => void (done += 1), { concurrency: 50 });
      for (const until of [100, 600]) {
        while (sent < until) await queue.send(statsJob((sent += 1)));
        while (done < sent) await new Promise((resolve) => setTimeout(resolve, 20));
        promises.push(queryObjects(Promise, { format: "count" }));
      }
      console.log(promises[1] - promises[0]);
      await queue.close();`,
    );
    const args = ["--disable-warning=ExperimentalWarning", ...script];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
    expect(Number(stdout)).toBeLessThan(250);
    expect(stderr).toBe("");
    expect(await redis.look.xlen("hotdog-bot:jobs:events")).toBeLessThan(500);
  });
});

describe("many dead letters", () => {
  /** More than one page of 250. */
  const JOBS = 300;

  it("are all listed, and each retried once by two operators at the same time", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    const { queue: other } = await redis.open();
    let failing = true;
    const done: string[] = [];
    queue.consume(
      async (job) => {
        if (failing) throw new RefusedJobError("no");
        done.push(job.kind === "stats" ? job.interaction.id : "");
      },
      { concurrency: 256 },
    );
    await Promise.all(Array.from({ length: JOBS }, (_, index) => queue.send(statsJob(index + 1))));
    await vi.waitFor(
      async () => expect(await redis.count()).toEqual({ ...IDLE, failed: JOBS }),
      WAIT_OPTIONS,
    );
    const deadLetters = await queue.deadLetters();
    expect(new Set(deadLetters.map(({ id }) => id)).size).toBe(JOBS);
    expect(deadLetters.map(({ at }) => at?.getTime())).toEqual(
      deadLetters.map(({ at }) => at?.getTime() ?? 0).toSorted((a, b) => a - b),
    );
    failing = false;
    const [first, second] = await Promise.all([queue.retryDeadLetters(), other.retryDeadLetters()]);
    expect(first.length + second.length).toBe(JOBS);
    await vi.waitFor(async () => expect(await redis.count()).toEqual({ ...IDLE, done: JOBS }), WAIT_OPTIONS);
    expect(new Set(done).size).toBe(JOBS);
    expect(done).toHaveLength(JOBS);
  });

  it("are dropped or retried only as long as they are dead letters", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    await queue.send(statsJob(1));
    await redis.look.hset("hotdog-bot:jobs:i-1-stats", "stc", 2);
    expect(await queue.dropDeadLetters(["i-1-stats"])).toEqual([]);
    expect(await queue.retryDeadLetters(["i-1-stats"])).toEqual([]);
    expect(await redis.count()).toEqual({ ...IDLE, waiting: 1 });
    // Its lost attempts still count.
    expect(await redis.look.hget("hotdog-bot:jobs:i-1-stats", "stc")).toBe("2");
  });

  it("leave nothing behind when they are dropped, and can be sent again", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    const consumer = queue.consume(() => Promise.reject(new Error("no")), { concurrency: 1 });
    await queue.send(statsJob(1));
    await vi.waitFor(async () => expect(await redis.count()).toEqual({ ...IDLE, failed: 1 }), WAIT_OPTIONS);
    await consumer.stop(1_000);
    expect(await queue.dropDeadLetters(["i-1-stats"])).toEqual(["i-1-stats"]);
    expect(await redis.look.keys("hotdog-bot:jobs:i-1-stats*")).toEqual([]);
    await queue.send(statsJob(1));
    expect(await redis.count()).toEqual({ ...IDLE, waiting: 1 });
  });
});

describe.concurrent("a consumer on Redis that is stopped", () => {
  it("returns unfinished jobs to the queue at the deadline, and ignores how they end", async (test) => {
    const redis = await start(test);
    const { queue, logged } = await redis.open({ visibilitySeconds: 240 });
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let started = 0;
    const consumer = queue.consume(() => gates[started++]?.promise ?? Promise.resolve(), { concurrency: 2 });
    await Promise.all([queue.send(statsJob(1)), queue.send(statsJob(2))]);
    await vi.waitFor(() => expect(started).toBe(2), WAIT_OPTIONS);
    await consumer.stop(20);
    expect(await redis.count()).toEqual({ ...IDLE, waiting: 2 });
    for (const id of ["1", "2"])
      expect(logged()).toMatch(
        new RegExp(
          `"level":40.*"interaction":"${id}","msg":"stopped before a job was done; the job goes back to the queue"`,
        ),
      );
    gates[0]?.resolve();
    gates[1]?.reject(new Error("too late"));
    const deliveries: Delivery[] = [];
    queue.consume(async (_job, delivery) => void deliveries.push(delivery), { concurrency: 2 });
    const second = { attempt: 2, last: false };
    await vi.waitFor(() => expect(deliveries).toEqual([second, second]), WAIT_OPTIONS);
  });

  it("returns a job to the queue even during its last attempt", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    const attempts: number[] = [];
    const reached = Promise.withResolvers<void>();
    const consumer = queue.consume(
      async (_job, { attempt, last }) => {
        if (!last) throw new Error("not yet");
        attempts.push(attempt);
        reached.resolve();
        await new Promise(() => {});
      },
      { concurrency: 1 },
    );
    await queue.send(statsJob(1));
    await reached.promise;
    await consumer.stop(0);
    expect(await redis.count()).toEqual({ ...IDLE, waiting: 1 });
    queue.consume(async (_job, { attempt }) => void attempts.push(attempt), { concurrency: 1 });
    await vi.waitFor(() => expect(attempts).toEqual([5, 6]), WAIT_OPTIONS);
  });

  it("waits until Redis knows which jobs are done", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    const gate = Promise.withResolvers<void>();
    let held = 0;
    const consumer = queue.consume(
      async () => {
        held += 1;
        await gate.promise;
      },
      { concurrency: 20 },
    );
    for (let id = 1; id <= 15; id += 1) await queue.send(statsJob(id));
    await vi.waitFor(() => expect(held).toBe(15), WAIT_OPTIONS);
    const stopped = consumer.stop(10_000);
    gate.resolve();
    await stopped;
    expect(await redis.count()).toEqual({ ...IDLE, done: 15 });
  });

  it("does not wait for further jobs, and receives none after that", async (test) => {
    const redis = await start(test);
    const { queue } = await redis.open();
    const consumer = queue.consume(async () => {}, { concurrency: 2 });
    const waits = new RegExp(`db=${new URL(redis.url).pathname.slice(1)} .*cmd=bzpopmin`);
    await vi.waitFor(async () => expect(await redis.look.client("LIST")).toMatch(waits), WAIT_OPTIONS);
    const started = performance.now();
    await consumer.stop(10_000);
    expect(performance.now() - started).toBeLessThan(3_000);
    await queue.send(statsJob(1));
    expect(await redis.count()).toEqual({ ...IDLE, waiting: 1 });
  });
});
