import { describe, expect, it } from "vitest";
import { withDeadline } from "../../src/platform/deadline.ts";

describe("a deadline", () => {
  it("passes on the result or the error of the work", async () => {
    expect(await withDeadline(60_000, async () => 1)).toBe(1);
    await expect(withDeadline(60_000, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  it("gives up work that never ends, and aborts its signal", async () => {
    const signals: AbortSignal[] = [];
    const work = withDeadline(20, (signal) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    });
    await expect(work).rejects.toMatchObject({ name: "TimeoutError", message: "no result within 0.02 s" });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it("does not abort work that ended in time", async () => {
    const signals: AbortSignal[] = [];
    await withDeadline(20, async (signal) => signals.push(signal));
    await withDeadline(60, () => new Promise<never>(() => {})).catch(() => {});
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});
