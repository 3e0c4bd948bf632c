import { describe, expect, it } from "vitest";
import { memoryQueue } from "../../src/queue/memory.ts";
import { memoryLog } from "../logged.ts";
import { queueContract } from "./contract.ts";
import { statsJob } from "./jobs.ts";

queueContract("memory", async () => {
  const { log, logged } = memoryLog();
  const queue = memoryQueue({ log, firstDelay: 20 });
  return { queue, logged, sendBody: async (body) => queue.sendBody(body) };
});

describe("the memory queue", () => {
  const { log } = memoryLog();

  it("is drained once every job is done, those that came back too", async () => {
    const queue = memoryQueue({ log, firstDelay: 5 });
    let done = 0;
    queue.consume(
      async (_job, { attempt }) => {
        if (attempt === 1) throw new Error("again");
        done += 1;
      },
      { concurrency: 2 },
    );
    for (let id = 1; id <= 5; id += 1) await queue.send(statsJob(id));
    expect(await queue.drained(20_000)).toBe(0);
    expect(done).toBe(5);
  });

  it("tells how many jobs are left when draining takes too long", async () => {
    const queue = memoryQueue({ log });
    await queue.send(statsJob(1));
    await queue.send(statsJob(2));
    expect(await queue.drained(10)).toBe(2);
    await queue.close();
  });
});
