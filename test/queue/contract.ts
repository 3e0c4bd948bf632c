import * as fc from "fast-check";
import { describe, expect, it, vi, type TestContext } from "vitest";
import { jobId, type Job } from "../../src/jobs/job.ts";
import {
  MAX_ATTEMPTS,
  RetryLaterError,
  RefusedJobError,
  type Consumer,
  type Delivery,
  type JobHandler,
  type JobQueue,
} from "../../src/queue/queue.ts";
import { statsJob } from "../jobs/jobs.ts";

interface OpenQueue {
  queue: JobQueue;
  /** Sends text past the adapter, as a stranger might. */
  sendBody(body: string): Promise<void>;
  /** What has been logged so far. */
  logged(): string;
  /** Why what has gone to the dead letters so far did. */
  buried(): string[];
}

interface StartedQueue {
  opened: OpenQueue;
  /** Stopped after the test. */
  consume: (handler: JobHandler, concurrency?: number) => Consumer;
}

const LONG = 60_000;
const RELEASED = 10_000;

/**
 * What every engine must do. `open` gives a fresh queue that waits that many milliseconds before a second attempt, or as little
 * more as its engine can.
 */
export function queueContract(name: string, open: (firstDelay: number) => Promise<OpenQueue>): void {
  // Side by side: engines that count in seconds would take them one after another.
  describe.concurrent(`${name} as a queue`, () => {
    async function start({ onTestFinished }: TestContext, firstDelay = 5): Promise<StartedQueue> {
      const opened = await open(firstDelay);
      const consumers: Consumer[] = [];
      onTestFinished(async () => {
        await Promise.all(consumers.map((consumer) => consumer.stop(0)));
        await opened.queue.close();
      });
      return {
        opened,
        consume(handler, concurrency = 10) {
          const consumer = opened.queue.consume(handler, { concurrency });
          consumers.push(consumer);
          return consumer;
        },
      };
    }

    async function until(check: () => unknown): Promise<void> {
      await vi.waitFor(check, { timeout: LONG, interval: 20 });
    }

    it("says that it can be used, and that its consumer takes jobs until that is stopped", async (test) => {
      const { opened, consume } = await start(test);
      const consumer = consume(async () => {});
      await until(() => consumer.check());
      await opened.queue.check(AbortSignal.timeout(LONG));
      await consumer.stop(RELEASED);
      await expect(consumer.check()).rejects.toThrow("it was stopped");
      await opened.queue.check(AbortSignal.timeout(LONG));
    });

    it("delivers every job, those sent before the consumer came too", async (test) => {
      const { opened, consume } = await start(test);
      const seen = new Map<string, Job>();
      const jobs = Array.from({ length: 50 }, (_, index) => statsJob(index + 1));
      for (const job of jobs.slice(0, 25)) await opened.queue.send(job);
      consume(async (job) => void seen.set(jobId(job), job));
      for (const job of jobs.slice(25)) await opened.queue.send(job);
      await until(() => expect(seen.size).toBe(50));
      expect(jobs.map((job) => seen.get(jobId(job)))).toEqual(jobs);
    });

    it("carries large and odd texts unchanged", async (test) => {
      const { opened, consume } = await start(test);
      const request = `\u0000\r\n"\\ \u202E\u2028 é́ 🌭 \uD800 \uFFFE\uFFFF </script> ${"🌭,".repeat(1_900)}`;
      const seen: Job[] = [];
      consume(async (job) => void seen.push(job));
      await opened.queue.send(statsJob(1, { request }));
      await until(() => expect(seen).toHaveLength(1));
      expect(seen[0]).toEqual(statsJob(1, { request }));
    });

    it("holds as many jobs at a time as the concurrency allows, and no more", async (test) => {
      const { opened, consume } = await start(test);
      const gate = Promise.withResolvers<void>();
      let held = 0;
      let most = 0;
      let done = 0;
      consume(async () => {
        most = Math.max(most, (held += 1));
        await gate.promise;
        held -= 1;
        done += 1;
      }, 3);
      for (let id = 1; id <= 9; id += 1) await opened.queue.send(statsJob(id));
      await until(() => expect(held).toBe(3));
      gate.resolve();
      await until(() => expect(done).toBe(9));
      expect(most).toBe(3);
    });

    it("delivers a postponed job again after its delay, and does not count the attempt", async (test) => {
      const { opened, consume } = await start(test);
      const seen: { delivery: Delivery; at: number }[] = [];
      consume(async (_job, delivery) => {
        seen.push({ delivery, at: performance.now() });
        // Then without a delay, which SQS would round up to a second each time.
        if (seen.length <= 7) throw new RetryLaterError(seen.length === 1 ? 30 : 0);
      });
      await opened.queue.send(statsJob(1));
      await until(() => expect(seen).toHaveLength(8));
      expect(seen.every(({ delivery }) => delivery.attempt === 1 && !delivery.last)).toBe(true);
      expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(29);
      expect(await opened.queue.deadLetters()).toEqual([]);
    });

    it("goes on with other jobs while one is slow", async (test) => {
      const { opened, consume } = await start(test);
      const gate = Promise.withResolvers<void>();
      const done = new Set<string>();
      consume(async (job) => {
        if (jobId(job) === "1") await gate.promise;
        done.add(jobId(job));
      }, 2);
      for (let id = 1; id <= 5; id += 1) await opened.queue.send(statsJob(id));
      await until(() => expect([...done].toSorted()).toEqual(["2", "3", "4", "5"]));
      gate.resolve();
      await until(() => expect(done.size).toBe(5));
    });

    it("delivers a job again, ever later, when its handler throws, and counts the attempts", async (test) => {
      const { opened, consume } = await start(test);
      const deliveries: { delivery: Delivery; at: number }[] = [];
      consume(async (_job, delivery) => {
        deliveries.push({ delivery, at: performance.now() });
        if (delivery.attempt < 4) throw new Error("not yet");
      });
      await opened.queue.send(statsJob(1));
      await until(() => expect(deliveries).toHaveLength(4));
      expect(deliveries.map(({ delivery }) => delivery.attempt)).toEqual([1, 2, 3, 4]);
      const gaps = deliveries.slice(1).map(({ at }, index) => at - (deliveries[index]?.at ?? 0));
      // The least that "5 ms, growing fourfold, between half and all of it" allows, less a timer's rounding.
      for (const [index, gap] of gaps.entries()) expect(gap).toBeGreaterThan(2.5 * 4 ** index - 2);
      expect(await opened.queue.deadLetters()).toEqual([]);
    });

    it("puts a job that failed five times with the dead letters and tells the handler which attempt is the last", async (test) => {
      const { opened, consume } = await start(test, 0);
      const deliveries: Delivery[] = [];
      consume(async (_job, delivery) => {
        deliveries.push(delivery);
        throw new Error("the reason");
      });
      await opened.queue.send(statsJob(1));
      await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(1));
      expect(deliveries.map(({ last }) => last)).toEqual([false, false, false, false, true]);
      expect(deliveries).toHaveLength(MAX_ATTEMPTS);
      const [letter] = await opened.queue.deadLetters();
      expect(JSON.parse(letter?.body ?? "")).toEqual(statsJob(1));
      expect(letter?.reason).toContain("the reason");
      await until(() => expect(opened.buried()).toEqual(["failed"]));
    });

    it("puts a job that its handler refuses straight with the dead letters", async (test) => {
      const { opened, consume } = await start(test);
      const attempts: number[] = [];
      consume(async (_job, { attempt }) => {
        attempts.push(attempt);
        throw new RefusedJobError("none of ours");
      });
      await opened.queue.send(statsJob(1));
      await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(1));
      expect(attempts).toEqual([1]);
      const [letter] = await opened.queue.deadLetters();
      expect(JSON.parse(letter?.body ?? "")).toEqual(statsJob(1));
      expect(letter?.reason).toContain("none of ours");
      await until(() => expect(opened.buried()).toEqual(["refused"]));
    });

    it.for([
      " ",
      "no json",
      "{}",
      '{"kind":"format-the-disk"}',
      JSON.stringify({ ...statsJob(1), numbers: [] }),
    ])(
      "puts %j, which is no job, straight with the dead letters, logs that, and goes on",
      async (body, test) => {
        const { opened, consume } = await start(test);
        const seen: string[] = [];
        await opened.sendBody(body);
        consume(async (job) => void seen.push(jobId(job)));
        await opened.queue.send(statsJob(7));
        await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(1));
        await until(() => expect(seen).toEqual(["7"]));
        expect(opened.logged()).toContain("does not parse");
        expect(opened.logged()).not.toContain("token-of");
        await until(() => expect(opened.buried()).toEqual(["unreadable"]));
      },
    );

    it("puts whatever is no job with the dead letters, however strange", async (test) => {
      const { opened, consume } = await start(test);
      const seen: string[] = [];
      const bodies = new Set(fc.sample(fc.json({ stringUnit: "grapheme-ascii" }), 30));
      consume(async (job) => void seen.push(jobId(job)));
      for (const body of bodies) await opened.sendBody(body);
      await opened.queue.send(statsJob(7));
      await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(bodies.size));
      await until(() => expect(seen).toEqual(["7"]));
    });

    describe("that keeps dead letters", () => {
      /** Those of jobs 1 to 3, and a handler that fails as long as it is told to. */
      async function withLetters(test: TestContext) {
        const { opened, consume } = await start(test, 0);
        const state = { failing: true, deliveries: [] as { id: string; attempt: number }[] };
        consume(async (job, { attempt }) => {
          if (state.failing) throw new Error(`no good: ${jobId(job)}`);
          state.deliveries.push({ id: jobId(job), attempt });
        });
        const since = Date.now();
        for (let id = 1; id <= 3; id += 1) await opened.queue.send(statsJob(id));
        await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(3));
        state.failing = false;
        const letters = await opened.queue.deadLetters();
        const idOf = (id: number): string =>
          letters.find(({ reason }) => reason === `no good: ${id}`)?.id ?? "none";
        return { queue: opened.queue, state, letters, idOf, since };
      }

      it("names each and says when it became one", async (test) => {
        const { letters, since } = await withLetters(test);
        expect(new Set(letters.map(({ id }) => id)).size).toBe(3);
        for (const { at } of letters) {
          expect(at?.getTime()).toBeGreaterThanOrEqual(since - 1_000);
          expect(at?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
        }
      });

      it("delivers one of them again, as if for the first time, and leaves the others", async (test) => {
        const { queue, state, idOf } = await withLetters(test);
        expect(await queue.retryDeadLetters([idOf(2), "no such letter"])).toEqual([idOf(2)]);
        await until(() => expect(state.deliveries).toEqual([{ id: "2", attempt: 1 }]));
        const left = await queue.deadLetters();
        expect(left.map(({ id }) => id).toSorted()).toEqual([idOf(1), idOf(3)].toSorted());
        expect(await queue.retryDeadLetters([idOf(2)])).toEqual([]);
      });

      it("delivers all of them again, and gives up those that fail again after five more attempts", async (test) => {
        const { queue, state } = await withLetters(test);
        state.failing = true;
        expect(await queue.retryDeadLetters()).toHaveLength(3);
        await until(async () => expect(await queue.deadLetters()).toHaveLength(3));
        state.failing = false;
        expect(await queue.retryDeadLetters()).toHaveLength(3);
        await until(() => expect(state.deliveries).toHaveLength(3));
        expect(await queue.deadLetters()).toEqual([]);
        expect(await queue.retryDeadLetters()).toEqual([]);
      });

      it("forgets those that are dropped, and only these", async (test) => {
        const { queue, state, idOf } = await withLetters(test);
        const dropped = await queue.dropDeadLetters([idOf(1), "no such letter", idOf(3)]);
        expect(dropped).toEqual([idOf(1), idOf(3)]);
        expect((await queue.deadLetters()).map(({ id }) => id)).toEqual([idOf(2)]);
        expect(await queue.dropDeadLetters([idOf(1)])).toEqual([]);
        expect(await queue.retryDeadLetters()).toEqual([idOf(2)]);
        await until(() => expect(state.deliveries).toEqual([{ id: "2", attempt: 1 }]));
      });
    });

    it("finishes what it holds when it is stopped, and leaves the rest to the next consumer", async (test) => {
      const { opened, consume } = await start(test);
      const gate = Promise.withResolvers<void>();
      const first: string[] = [];
      const second: string[] = [];
      const started = new Set<string>();
      const consumer = consume(async (job) => {
        started.add(jobId(job));
        await gate.promise;
        first.push(jobId(job));
      }, 2);
      for (let id = 1; id <= 6; id += 1) await opened.queue.send(statsJob(id));
      await until(() => expect(started.size).toBe(2));
      const stopped = consumer.stop(RELEASED);
      gate.resolve();
      await stopped;
      expect(first).toHaveLength(2);
      consume(async (job) => void second.push(jobId(job)));
      await until(() => expect(new Set([...first, ...second]).size).toBe(6));
      expect(first).toHaveLength(2);
    });

    it("does not wait for ever when it is stopped, and delivers again what was not done", async (test) => {
      const { opened, consume } = await start(test);
      const never = new Promise<void>(() => {});
      let started = false;
      const consumer = consume(async () => {
        started = true;
        await never;
      });
      await opened.queue.send(statsJob(1));
      await until(() => expect(started).toBe(true));
      await consumer.stop(20);
      const seen: Delivery[] = [];
      consume(async (_job, delivery) => void seen.push(delivery));
      await until(() => expect(seen).toHaveLength(1));
      expect(seen[0]?.attempt).toBeGreaterThan(1);
    });
  });
}
