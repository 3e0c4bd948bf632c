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
  /** Sends a text without the adapter, as a stranger could. */
  sendBody(body: string): Promise<void>;
  /** Returns the log so far. */
  logged(): string;
  /** Why jobs were moved to the dead-letter queue so far. */
  causes(): string[];
}

interface StartedQueue {
  opened: OpenQueue;
  /** Starts a consumer that is stopped after the test. */
  consume: (handler: JobHandler, concurrency?: number) => Consumer;
}

const TEST_TIMEOUT_MS = 60_000;
const STOP_DEADLINE_MS = 10_000;

/**
 * Tests the guarantees of JobQueue on one engine.
 * @param open opens a new, empty queue with this delay before a second attempt, or the least above it that the engine can do
 */
export function queueContract(name: string, open: (retryDelayMs: number) => Promise<OpenQueue>): void {
  // Concurrent, because engines that count in seconds are slow.
  describe.concurrent(`the ${name} queue`, () => {
    async function start({ onTestFinished }: TestContext, retryDelayMs = 5): Promise<StartedQueue> {
      const opened = await open(retryDelayMs);
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
      await vi.waitFor(check, { timeout: TEST_TIMEOUT_MS, interval: 20 });
    }

    it("passes its check, and its consumer passes its own until it is stopped", async (test) => {
      const { opened, consume } = await start(test);
      const consumer = consume(async () => {});
      await until(() => consumer.check());
      await opened.queue.check(AbortSignal.timeout(TEST_TIMEOUT_MS));
      await consumer.stop(STOP_DEADLINE_MS);
      await expect(consumer.check()).rejects.toThrow("the consumer was stopped");
      await opened.queue.check(AbortSignal.timeout(TEST_TIMEOUT_MS));
    });

    it("delivers every job, also those sent before there was a consumer", async (test) => {
      const { opened, consume } = await start(test);
      const seen = new Map<string, Job>();
      const jobs = Array.from({ length: 50 }, (_, index) => statsJob(index + 1));
      for (const job of jobs.slice(0, 25)) await opened.queue.send(job);
      consume(async (job) => void seen.set(jobId(job), job));
      for (const job of jobs.slice(25)) await opened.queue.send(job);
      await until(() => expect(seen.size).toBe(50));
      expect(jobs.map((job) => seen.get(jobId(job)))).toEqual(jobs);
    });

    it("delivers large and unusual texts unchanged", async (test) => {
      const { opened, consume } = await start(test);
      const request = `\u0000\r\n"\\ \u202E\u2028 é́ 🌭 \uD800 \uFFFE\uFFFF </script> ${"🌭,".repeat(1_900)}`;
      const seen: Job[] = [];
      consume(async (job) => void seen.push(job));
      await opened.queue.send(statsJob(1, { request }));
      await until(() => expect(seen).toHaveLength(1));
      expect(seen[0]).toEqual(statsJob(1, { request }));
    });

    it("handles as many jobs at a time as the concurrency allows, and no more", async (test) => {
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

    it("redelivers a postponed job after its delay without counting the attempt", async (test) => {
      const { opened, consume } = await start(test);
      const seen: { delivery: Delivery; at: number }[] = [];
      consume(async (_job, delivery) => {
        seen.push({ delivery, at: performance.now() });
        // Only the first time with a delay, which SQS rounds up to a second.
        if (seen.length <= 7) throw new RetryLaterError(seen.length === 1 ? 30 : 0);
      });
      await opened.queue.send(statsJob(1));
      await until(() => expect(seen).toHaveLength(8));
      expect(seen.every(({ delivery }) => delivery.attempt === 1 && !delivery.last)).toBe(true);
      expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(29);
      expect(await opened.queue.deadLetters()).toEqual([]);
    });

    it("delivers other jobs while one is slow", async (test) => {
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

    it("retries a job with growing delays when its handler throws, and counts the attempts", async (test) => {
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
      // The shortest delays that backoff from 5 ms allows, less the rounding of timers.
      for (const [index, gap] of gaps.entries()) expect(gap).toBeGreaterThan(2.5 * 4 ** index - 2);
      expect(await opened.queue.deadLetters()).toEqual([]);
    });

    it("moves a job that failed five times to the dead letters and tells the handler which attempt is the last", async (test) => {
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
      const [deadLetter] = await opened.queue.deadLetters();
      expect(JSON.parse(deadLetter?.body ?? "")).toEqual(statsJob(1));
      expect(deadLetter?.reason).toContain("the reason");
      await until(() => expect(opened.causes()).toEqual(["failed"]));
    });

    it("moves a job that its handler refuses to the dead letters at once", async (test) => {
      const { opened, consume } = await start(test);
      const attempts: number[] = [];
      consume(async (_job, { attempt }) => {
        attempts.push(attempt);
        throw new RefusedJobError("none of ours");
      });
      await opened.queue.send(statsJob(1));
      await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(1));
      expect(attempts).toEqual([1]);
      const [deadLetter] = await opened.queue.deadLetters();
      expect(JSON.parse(deadLetter?.body ?? "")).toEqual(statsJob(1));
      expect(deadLetter?.reason).toContain("none of ours");
      await until(() => expect(opened.causes()).toEqual(["refused"]));
    });

    it.for([
      " ",
      "no json",
      "{}",
      '{"kind":"format-the-disk"}',
      JSON.stringify({ ...statsJob(1), numbers: [] }),
    ])(
      "moves %j, which is not a job, to the dead letters at once, logs that, and delivers other jobs",
      async (body, test) => {
        const { opened, consume } = await start(test);
        const seen: string[] = [];
        await opened.sendBody(body);
        consume(async (job) => void seen.push(jobId(job)));
        await opened.queue.send(statsJob(7));
        await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(1));
        await until(() => expect(seen).toEqual(["7"]));
        expect(opened.logged()).toContain("not a valid job");
        expect(opened.logged()).not.toContain("token-of");
        await until(() => expect(opened.causes()).toEqual(["unreadable"]));
      },
    );

    it("moves any JSON that is not a job to the dead letters", async (test) => {
      const { opened, consume } = await start(test);
      const seen: string[] = [];
      const bodies = new Set(fc.sample(fc.json({ stringUnit: "grapheme-ascii" }), 30));
      consume(async (job) => void seen.push(jobId(job)));
      for (const body of bodies) await opened.sendBody(body);
      await opened.queue.send(statsJob(7));
      await until(async () => expect(await opened.queue.deadLetters()).toHaveLength(bodies.size));
      await until(() => expect(seen).toEqual(["7"]));
    });

    describe("with dead letters", () => {
      /** Makes dead letters of jobs 1 to 3, with a handler that fails while `failing` is set. */
      async function withDeadLetters(test: TestContext) {
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
        const deadLetters = await opened.queue.deadLetters();
        const idOf = (id: number): string =>
          deadLetters.find(({ reason }) => reason === `no good: ${id}`)?.id ?? "none";
        return { queue: opened.queue, state, deadLetters, idOf, since };
      }

      it("lists each with an id and the time when it became one", async (test) => {
        const { deadLetters, since } = await withDeadLetters(test);
        expect(new Set(deadLetters.map(({ id }) => id)).size).toBe(3);
        for (const { at } of deadLetters) {
          expect(at?.getTime()).toBeGreaterThanOrEqual(since - 1_000);
          expect(at?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
        }
      });

      it("retries one of them from attempt 1, and leaves the others", async (test) => {
        const { queue, state, idOf } = await withDeadLetters(test);
        expect(await queue.retryDeadLetters([idOf(2), "no such dead letter"])).toEqual([idOf(2)]);
        await until(() => expect(state.deliveries).toEqual([{ id: "2", attempt: 1 }]));
        const left = await queue.deadLetters();
        expect(left.map(({ id }) => id).toSorted()).toEqual([idOf(1), idOf(3)].toSorted());
        expect(await queue.retryDeadLetters([idOf(2)])).toEqual([]);
      });

      it("retries all of them, with five more attempts each", async (test) => {
        const { queue, state } = await withDeadLetters(test);
        state.failing = true;
        expect(await queue.retryDeadLetters()).toHaveLength(3);
        await until(async () => expect(await queue.deadLetters()).toHaveLength(3));
        state.failing = false;
        expect(await queue.retryDeadLetters()).toHaveLength(3);
        await until(() => expect(state.deliveries).toHaveLength(3));
        expect(await queue.deadLetters()).toEqual([]);
        expect(await queue.retryDeadLetters()).toEqual([]);
      });

      it("drops those with the given ids, and no others", async (test) => {
        const { queue, state, idOf } = await withDeadLetters(test);
        const dropped = await queue.dropDeadLetters([idOf(1), "no such dead letter", idOf(3)]);
        expect(dropped).toEqual([idOf(1), idOf(3)]);
        expect((await queue.deadLetters()).map(({ id }) => id)).toEqual([idOf(2)]);
        expect(await queue.dropDeadLetters([idOf(1)])).toEqual([]);
        expect(await queue.retryDeadLetters()).toEqual([idOf(2)]);
        await until(() => expect(state.deliveries).toEqual([{ id: "2", attempt: 1 }]));
      });
    });

    it("finishes the jobs in progress when it is stopped, and leaves the rest to the next consumer", async (test) => {
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
      const stopped = consumer.stop(STOP_DEADLINE_MS);
      gate.resolve();
      await stopped;
      expect(first).toHaveLength(2);
      consume(async (job) => void second.push(jobId(job)));
      await until(() => expect(new Set([...first, ...second]).size).toBe(6));
      expect(first).toHaveLength(2);
    });

    it("stops at the deadline, and redelivers the jobs that were not done", async (test) => {
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
