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
  it.each([10, 60, 100, 129, 131, 1_000])("finds a limit of %d from 100, within 1.15 ×", async (limit) => {
    const { held, failed } = await staircase(100, upTo(limit).holds);

    expect(held).toBeLessThanOrEqual(limit);
    expect(failed).toBeGreaterThan(limit);
    expect(failed / held).toBeLessThan(1.15);
  });

  it("takes three steps where it begins right below the limit", async () => {
    const { tried, holds } = upTo(110);

    await staircase(100, holds);

    expect(tried.map(Math.round)).toEqual([100, 130, 114]);
  });

  it("ends where nothing holds", async () => {
    await expect(staircase(100, upTo(0).holds)).rejects.toThrow("not even 1 a second held");
  });
});
