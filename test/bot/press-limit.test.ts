import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { pressLimit } from "../../src/bot/press-limit.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("a person may press 10 times in a second, and again in the next; others are not concerned", async () => {
  const mayPress = pressLimit();
  const press = async (userId: string, times: number): Promise<number> => {
    const allowed = await Promise.all(Array.from({ length: times }, () => mayPress(userId)));
    return allowed.filter(Boolean).length;
  };
  expect(await press("1", 13)).toBe(10);
  expect(await press("2", 3)).toBe(3);
  vi.advanceTimersByTime(1_001);
  expect(await press("1", 4)).toBe(4);
});
