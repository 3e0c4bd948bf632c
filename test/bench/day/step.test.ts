import { describe, expect, it } from "vitest";
import { holds } from "../../../bench/day/step.ts";

const steady = Array.from({ length: 200 }, () => 200);

describe("a rate", () => {
  it("holds if the latency is constant", () => {
    expect(holds(steady)).toBe(true);
  });

  it("holds with two late jobs of two hundred, but not with three", () => {
    expect(holds(steady.with(10, 5_000).with(190, 5_000))).toBe(true);
    expect(holds(steady.with(10, 5_000).with(90, 5_000).with(190, 5_000))).toBe(false);
  });

  it("does not hold if the latency grows by more than 100 ms per second", () => {
    const growing = (perSecond: number): number[] =>
      steady.map((time, index) => time + (perSecond * index) / 100);

    expect(holds(growing(90))).toBe(true);
    expect(holds(growing(110))).toBe(false);
  });
});
