import { describe, expect, it } from "vitest";
import { staircase } from "../../bench/staircase.ts";

/** Below a limit all rates hold; notes what was tried. */
function upTo(limit: number) {
  const tried: number[] = [];
  const holds = async (rate: number): Promise<boolean> => {
    tried.push(rate);
    return rate <= limit;
  };
  return { tried, holds };
}

describe("the staircase", () => {
  it.each([10, 60, 100, 129, 131, 1_000])("finds a limit of %d from 100, within 1.16 ×", async (limit) => {
    const { held, failed } = await staircase(100, upTo(limit).holds);

    expect(held).toBeLessThanOrEqual(limit);
    expect(failed).toBeGreaterThan(limit);
    expect(failed / held).toBeLessThan(1.16);
  });

  it("takes two steps where it begins right beside the limit", async () => {
    const below = upTo(105);
    const above = upTo(95);

    await staircase(100, below.holds);
    await staircase(100, above.holds);

    expect(below.tried.map(Math.round)).toEqual([100, 115]);
    expect(above.tried.map(Math.round)).toEqual([100, 87]);
  });

  it("makes its strides longer where the limit is far, and then halves what is between", async () => {
    const { tried, holds } = upTo(200);

    await staircase(100, holds);

    expect(tried.map(Math.round)).toEqual([100, 115, 152, 266, 201, 175]);
  });

  it("ends where nothing holds", async () => {
    await expect(staircase(100, upTo(0).holds)).rejects.toThrow("not even 1 a second held");
  });
});
