import { describe, expect, it } from "vitest";
import { backoff } from "../../src/queue/backoff.ts";

describe("the wait before another attempt", () => {
  it("grows fourfold", () => {
    expect([1, 2, 3, 4].map((attempt) => backoff(attempt, 1_000, () => 0.999_999).toFixed(0))).toEqual([
      "1000",
      "4000",
      "16000",
      "64000",
    ]);
  });

  it("is by chance between half and all of it", () => {
    expect(backoff(1, 1_000, () => 0)).toBe(500);
    expect(backoff(1, 1_000, () => 0.5)).toBe(750);
  });
});
