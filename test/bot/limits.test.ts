import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limiter } from "../../src/bot/limits.ts";
import { EXPORT_JOB } from "../../src/jobs/export.ts";
import { HOTDOG_JOB } from "../../src/jobs/round.ts";
import { FORGET_JOB, MY_DATA_JOB } from "../../src/jobs/my-data.ts";
import { PRESS_JOB } from "../../src/jobs/press.ts";
import { PROGRESS_JOB } from "../../src/jobs/progress.ts";
import { STATS_JOB } from "../../src/jobs/stats.ts";
import { MESSAGE_UPLOAD_JOB, UPLOAD_JOB } from "../../src/jobs/upload.ts";

const UNLIMITED = { points: Number.POSITIVE_INFINITY, per: "hour", counts: "times" } as const;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a person", () => {
  it.each([
    ["press a button", 10, PRESS_JOB, "second", 1_001],
    ["use /stats", 30, STATS_JOB, "minute", 60_001],
    ["use /hotdog", 10, HOTDOG_JOB, "minute", 60_001],
    ["use /progress", 10, PROGRESS_JOB, "minute", 60_001],
    ["use /export", 10, EXPORT_JOB, "hour", 3_600_001],
    ["use /my-data", 10, MY_DATA_JOB, "hour", 3_600_001],
  ] as const)("may %s %i times per period", async (_, count, { limit = UNLIMITED }, per, wait) => {
    const take = limiter();
    const allowed = await Promise.all(Array.from({ length: count + 5 }, () => take(limit, "1")));
    expect(allowed.filter(Boolean)).toHaveLength(count);
    expect(limit.per).toBe(per);
    expect(await take(limit, "2")).toBe(true);
    vi.advanceTimersByTime(wait);
    expect(await take(limit, "1")).toBe(true);
  });

  it("may upload 20 files per minute, and a refused upload does not count", async () => {
    const take = limiter();
    const { limit = UNLIMITED } = UPLOAD_JOB;
    expect(await take(limit, "1", 10)).toBe(true);
    expect(await take(limit, "1", 10)).toBe(true);
    expect(await take(limit, "1", 1)).toBe(false);
    expect(await take(limit, "3", 15)).toBe(true);
    expect(await take(limit, "3", 10)).toBe(false);
    expect(await take(limit, "3", 5)).toBe(true);
    expect(await take(limit, "2", 10)).toBe(true);
    vi.advanceTimersByTime(60_001);
    expect(await take(limit, "1", 10)).toBe(true);
  });
});

describe("a limit", () => {
  it("is shared by the kinds of jobs that declare the same one", () => {
    expect(FORGET_JOB.limit).toBe(MY_DATA_JOB.limit);
    expect(MESSAGE_UPLOAD_JOB.limit).toBe(UPLOAD_JOB.limit);
  });

  it("is separate from other limits with the same numbers", async () => {
    const take = limiter();
    const { limit: rounds = UNLIMITED } = HOTDOG_JOB;
    const { limit: progress = UNLIMITED } = PROGRESS_JOB;
    await Promise.all(Array.from({ length: 10 }, () => take(rounds, "1")));
    expect(await take(rounds, "1")).toBe(false);
    expect(await take(progress, "1")).toBe(true);
  });
});
