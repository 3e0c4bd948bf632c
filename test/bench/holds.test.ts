import { describe, expect, it } from "vitest";
import { holds } from "../../bench/day-step.ts";

const steady = Array.from({ length: 200 }, () => 200);

describe("a rate of the day", () => {
  it("holds when all are confirmed in the same time", () => {
    expect(holds(steady)).toBe(true);
  });

  it("holds with two late ones of two hundred, and not with three", () => {
    expect(holds(steady.with(10, 5_000).with(190, 5_000))).toBe(true);
    expect(holds(steady.with(10, 5_000).with(90, 5_000).with(190, 5_000))).toBe(false);
  });

  it("does not hold when each second makes the next wait longer by more than a tenth of it", () => {
    const growing = (perSecond: number): number[] =>
      steady.map((time, index) => time + (perSecond * index) / 100);

    expect(holds(growing(90))).toBe(true);
    expect(holds(growing(110))).toBe(false);
  });
});
