import { describe, expect, it } from "vitest";
import { RetryLaterError } from "../../src/queue/queue.ts";
import { concurrencyGate } from "../../src/worker/concurrency-gate.ts";

const random = (): number => 0.5;

/** Starts jobs in a slot one after the other, each of which runs until it is told to end. */
function jobsIn(gate: ReturnType<typeof concurrencyGate>, slot: { concurrency: number; waiting?: number }) {
  const running: (() => void)[] = [];
  const start = (): Promise<void> =>
    gate(slot, () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      running.push(resolve);
      return promise;
    });
  return { running, start };
}

const turn = (): Promise<void> => new Promise(setImmediate);

describe("the concurrency gate", () => {
  it("lets jobs of a slot wait for their turn, and postpones those beyond", async () => {
    const { running, start } = jobsIn(concurrencyGate({ concurrency: 100, random }), {
      concurrency: 2,
      waiting: 1,
    });
    const jobs = [start(), start(), start()];
    await turn();
    expect(running).toHaveLength(2);
    await expect(start()).rejects.toEqual(new RetryLaterError(1_250));
    running[0]?.();
    await jobs[0];
    await turn();
    expect(running).toHaveLength(3);
    running.forEach((end) => end());
    await Promise.all(jobs);
    const another = start();
    await turn();
    expect(running).toHaveLength(4);
    running[3]?.();
    await another;
  });

  it("lets none wait by default, and frees the place of a job that failed", async () => {
    const gate = concurrencyGate({ concurrency: 100, random });
    const slot = { concurrency: 1 };
    const failing = gate(slot, () => turn().then(() => Promise.reject(new Error("broken"))));
    await expect(gate(slot, turn)).rejects.toBeInstanceOf(RetryLaterError);
    await expect(failing).rejects.toThrow("broken");
    await gate(slot, turn);
  });

  it("gives a slot with its waiting places at most half of the worker's jobs", async () => {
    const { running, start } = jobsIn(concurrencyGate({ concurrency: 6, random }), {
      concurrency: 2,
      waiting: 10,
    });
    const jobs = [start(), start(), start()];
    await expect(start()).rejects.toBeInstanceOf(RetryLaterError);
    await turn();
    expect(running).toHaveLength(2);
    running.forEach((end) => end());
    await turn();
    running.forEach((end) => end());
    await Promise.all(jobs);
  });

  it("keeps slots apart, and never holds up work without one", async () => {
    const gate = concurrencyGate({ concurrency: 4, random });
    const { running, start } = jobsIn(gate, { concurrency: 1 });
    const job = start();
    await gate({ concurrency: 1 }, turn);
    await gate(undefined, turn);
    await expect(start()).rejects.toBeInstanceOf(RetryLaterError);
    running[0]?.();
    await job;
  });
});
