import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { limits } from "../../src/bot/limits.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("a person may press 10 times in a second, and again in the next; others are not concerned", async () => {
  const { press: mayPress } = limits();
  const press = async (userId: string, times: number): Promise<number> => {
    const allowed = await Promise.all(Array.from({ length: times }, () => mayPress(userId)));
    return allowed.filter(Boolean).length;
  };
  expect(await press("1", 13)).toBe(10);
  expect(await press("2", 3)).toBe(3);
  vi.advanceTimersByTime(1_001);
  expect(await press("1", 4)).toBe(4);
});

it("a person may upload 20 files in a minute, and none of a lot that would be more", async () => {
  const { upload } = limits();
  expect(await upload("1", 10)).toBe(true);
  expect(await upload("1", 10)).toBe(true);
  expect(await upload("1", 1)).toBe(false);
  expect(await upload("3", 15)).toBe(true);
  expect(await upload("3", 10)).toBe(false);
  expect(await upload("3", 5)).toBe(true);
  expect(await upload("2", 10)).toBe(true);
  vi.advanceTimersByTime(60_001);
  expect(await upload("1", 10)).toBe(true);
});

it("a person may ask for 10 exports in an hour", async () => {
  const { export: mayExport } = limits();
  const asked = await Promise.all(Array.from({ length: 12 }, () => mayExport("1")));
  expect(asked.filter(Boolean)).toHaveLength(10);
  expect(await mayExport("2")).toBe(true);
  vi.advanceTimersByTime(3_600_001);
  expect(await mayExport("1")).toBe(true);
});

it("a person may ask for their data, or to be forgotten, 10 times in an hour", async () => {
  const { ownData } = limits();
  const asked = await Promise.all(Array.from({ length: 12 }, () => ownData("1")));
  expect(asked.filter(Boolean)).toHaveLength(10);
  expect(await ownData("2")).toBe(true);
  vi.advanceTimersByTime(3_600_001);
  expect(await ownData("1")).toBe(true);
});

it.each([
  ["stats", 30],
  ["round", 10],
  ["progress", 10],
] as const)(
  "a person may ask for %s %i times in a minute, and what is refused does not count",
  async (what, most) => {
    const { [what]: may } = limits();
    const allowed = await Promise.all(Array.from({ length: most + 5 }, () => may("1")));
    expect(allowed.filter(Boolean)).toHaveLength(most);
    expect(await may("2")).toBe(true);
    vi.advanceTimersByTime(60_001);
    expect(await may("1")).toBe(true);
  },
);
