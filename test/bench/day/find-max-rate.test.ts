import { describe, expect, it } from "vitest";
import { findMaxRate } from "../../../bench/day/find-max-rate.ts";

/** Lets all rates up to the limit hold, and records the rates that are tried. */
function upTo(limit: number) {
  const tried: number[] = [];
  const holds = async (rate: number): Promise<boolean> => {
    tried.push(rate);
    return rate <= limit;
  };
  return { tried, holds };
}

describe("the search for the highest rate", () => {
  it.each([10, 60, 100, 129, 131, 1_000])("finds a limit of %d from 100, within 1.16 ×", async (limit) => {
    const { held, failed } = await findMaxRate(100, upTo(limit).holds);

    expect(held).toBeLessThanOrEqual(limit);
    expect(failed).toBeGreaterThan(limit);
    expect(failed / held).toBeLessThan(1.16);
  });

  it("takes two steps if it starts next to the limit", async () => {
    const below = upTo(105);
    const above = upTo(95);

    await findMaxRate(100, below.holds);
    await findMaxRate(100, above.holds);

    expect(below.tried.map(Math.round)).toEqual([100, 115]);
    expect(above.tried.map(Math.round)).toEqual([100, 87]);
  });

  it("lengthens its strides if the limit is far away, and then bisects", async () => {
    const { tried, holds } = upTo(200);

    await findMaxRate(100, holds);

    expect(tried.map(Math.round)).toEqual([100, 115, 152, 231, 188, 208]);
  });

  it("throws if no rate holds", async () => {
    await expect(findMaxRate(100, upTo(0).holds)).rejects.toThrow("not even 1 per second held");
  });
});
