import { describe, expect, it } from "vitest";
import { recentKeys } from "../../src/platform/recent-keys.ts";

describe("recent keys", () => {
  it("has a key until its time is over, counted from when it was last added", () => {
    let time = 0;
    const keys = recentKeys({ lifetime: 10, now: () => time });
    keys.add("a");
    time = 5;
    keys.add("b");
    keys.add("a");
    time = 14;
    expect([keys.has("a"), keys.has("b"), keys.has("c")]).toEqual([true, true, false]);
    time = 15;
    expect([keys.has("a"), keys.has("b")]).toEqual([false, false]);
  });

  it("has no key that was deleted", () => {
    const keys = recentKeys({ lifetime: 10, now: () => 0 });
    keys.add("a");
    keys.delete("a");
    expect(keys.has("a")).toBe(false);
  });
});
