import { describe, expect, it, vi } from "vitest";
import { memoryQueue } from "../../src/queue/memory.ts";
import type { Delivery } from "../../src/queue/queue.ts";
import { memoryLog } from "../memory-log.ts";
import { deadLetterObserver } from "./dead-letter-observer.ts";
import { queueContract } from "./contract.ts";
import { statsJob } from "../jobs/jobs.ts";

queueContract("memory", async (retryDelayMs) => {
  const { log, logged } = memoryLog();
  const { observe, causes } = deadLetterObserver();
  const queue = memoryQueue({ log, observe, retryDelayMs });
  return { queue, logged, causes, sendBody: async (body) => queue.sendBody(body) };
});

describe("the memory queue", () => {
  const { log } = memoryLog();

  it("is drained when every job is done, retried ones included", async () => {
    const queue = memoryQueue({ log, retryDelayMs: 5 });
    let done = 0;
    queue.consume(
      async (_job, { attempt }) => {
        if (attempt === 1) throw new Error("again");
        done += 1;
      },
      { concurrency: 2 },
    );
    for (let id = 1; id <= 5; id += 1) await queue.send(statsJob(id));
    await vi.waitFor(() => expect(done).toBe(5));
    expect(await queue.drain(20_000)).toEqual([]);
  });

  it("gives jobs that wait for a retry their last attempt when it is drained", async () => {
    const queue = memoryQueue({ log, retryDelayMs: 60_000 });
    const deliveries: Delivery[] = [];
    queue.consume(
      async (_job, delivery) => {
        deliveries.push(delivery);
        throw new Error("still no good");
      },
      { concurrency: 2 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(deliveries).toHaveLength(1));
    expect(await queue.drain(20_000)).toEqual([]);
    expect(deliveries).toEqual([
      { attempt: 1, last: false },
      { attempt: 2, last: true },
    ]);
    expect(await queue.deadLetters()).toHaveLength(1);
  });

  it("gives a job that fails while it is drained one last attempt", async () => {
    const queue = memoryQueue({ log, retryDelayMs: 60_000 });
    const gate = Promise.withResolvers<void>();
    const deliveries: Delivery[] = [];
    queue.consume(
      async (_job, delivery) => {
        deliveries.push(delivery);
        await gate.promise;
        throw new Error("no good");
      },
      { concurrency: 2 },
    );
    await queue.send(statsJob(1));
    await vi.waitFor(() => expect(deliveries).toHaveLength(1));
    const drained = queue.drain(20_000);
    gate.resolve();
    expect(await drained).toEqual([]);
    expect(deliveries.map(({ last }) => last)).toEqual([false, true]);
  });

  it("returns the ids of the jobs that are left when draining takes too long", async () => {
    const queue = memoryQueue({ log });
    await queue.send(statsJob(1));
    await queue.send(statsJob(2));
    expect(await queue.drain(10)).toEqual(["1", "2"]);
  });

  it("refuses to send an invalid job", async () => {
    await expect(memoryQueue({ log }).send(statsJob(1, { numbers: [] }))).rejects.toThrow("numbers");
  });
});
