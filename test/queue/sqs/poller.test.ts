import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { poller } from "../../../src/queue/sqs/poller.ts";
import { memoryLog } from "../../memory-log.ts";

/** Polls for this time a queue that always fails. @returns milliseconds between the polls */
async function delaysDuringOutage(milliseconds: number, random: () => number): Promise<number[]> {
  const times: number[] = [];
  const polls = poller({
    receive() {
      times.push(Date.now());
      return Promise.reject(new Error("no"));
    },
    take: async () => {},
    release: async () => {},
    slots: 1,
    random,
    log: memoryLog().log,
  });
  await vi.advanceTimersByTimeAsync(milliseconds);
  await polls.stop(0);
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe("polling SQS during an outage", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("waits twice as long after each failure, from 0.5 to 20 s", async () => {
    const delays = await delaysDuringOutage(72_000, () => 0.999_999);
    const rounded = delays.map((delay) => Math.round(delay / 100) * 100);
    expect(rounded).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  it("waits half as long at random", async () => {
    expect(await delaysDuringOutage(300, () => 0)).toEqual([250]);
  });
});
