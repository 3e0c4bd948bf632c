import { describe, expect, it } from "vitest";
import { jobRetryDelay } from "../../src/queue/queue.ts";

describe("the delay before a failed job is retried", () => {
  it("grows fourfold", () => {
    expect([1, 2, 3, 4].map((attempt) => jobRetryDelay(attempt, 1_000, () => 0.999_999).toFixed(0))).toEqual([
      "1000",
      "4000",
      "16000",
      "64000",
    ]);
  });

  it("is shortened at random by up to half", () => {
    expect(jobRetryDelay(1, 1_000, () => 0)).toBe(500);
    expect(jobRetryDelay(1, 1_000, () => 0.5)).toBe(750);
  });
});
