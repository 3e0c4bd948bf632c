import { describe, expect, it } from "vitest";
import { jobRetryDelay } from "../../src/queue/queue.ts";

describe("the delay before a failed job is retried", () => {
  it("grows fourfold", () => {
    const options = { retryDelayMs: 1_000, random: () => 0.999_999 };
    const delays = [1, 2, 3, 4].map((attempt) => jobRetryDelay(attempt, options).toFixed(0));
    expect(delays).toEqual(["1000", "4000", "16000", "64000"]);
  });

  it("is shortened at random by up to half", () => {
    expect(jobRetryDelay(1, { retryDelayMs: 1_000, random: () => 0 })).toBe(500);
    expect(jobRetryDelay(1, { retryDelayMs: 1_000, random: () => 0.5 })).toBe(750);
  });
});
