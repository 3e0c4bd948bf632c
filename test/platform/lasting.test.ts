import { describe, expect, it } from "vitest";
import { lasting, type Lasting } from "../../src/platform/lasting.ts";

/** Work that takes 10 ms of a clock which stands still otherwise. */
function workshop(): { last: Lasting<number>; work: () => Promise<number>; advance: (by: number) => void } {
  let time = 1_000;
  let done = 0;
  return {
    last: lasting<number>({ times: 4, most: 100, now: () => time }),
    async work() {
      time += 10;
      await Promise.resolve();
      return (done += 1);
    },
    advance: (by) => void (time += by),
  };
}

describe("what lasts", () => {
  it("is done once for all who ask at the same time, and soon after", async () => {
    const { last, work, advance } = workshop();
    expect(await Promise.all([last("a", work), last("a", work)])).toEqual([1, 1]);
    advance(39);
    expect(await last("a", work)).toBe(1);
    expect(await last("b", work)).toBe(2);
  });

  it("is done again after some times as long as it took, and no later than the limit", async () => {
    const { last, work, advance } = workshop();
    await last("a", work);
    advance(40);
    expect(await last("a", work)).toBe(2);
    const slow = async (): Promise<number> => {
      advance(1_000);
      return 7;
    };
    expect(await last("slow", slow)).toBe(7);
    advance(99);
    expect(await last("slow", work)).toBe(7);
    advance(1);
    expect(await last("slow", work)).toBe(3);
  });

  it("is done again at once when it failed", async () => {
    const { last, work } = workshop();
    await expect(last("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await last("a", work)).toBe(1);
  });
});
