import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freeMemory, freeStartMemoryWhenIdle } from "../../src/platform/free-memory.ts";

describe("the memory of a start", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is freed once, when the process has little to do", () => {
    let utilization = 0.5;
    let freed = 0;
    freeStartMemoryWhenIdle({ utilization: () => utilization, free: () => void (freed += 1) });

    vi.advanceTimersByTime(5_000);
    expect(freed).toBe(0);

    utilization = 0.01;
    vi.advanceTimersByTime(5_000);
    expect(freed).toBe(1);

    vi.advanceTimersByTime(60_000);
    expect(freed).toBe(1);
  });
});

it("frees objects that are no longer used", async () => {
  const unused = new WeakRef({});
  // An object is kept for the turn of the event loop in which it was made.
  await turn();

  freeMemory();

  expect(unused.deref()).toBeUndefined();
});
