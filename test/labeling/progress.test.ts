import { describe, expect, it } from "vitest";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { fitSliced } from "../../src/labeling/method.ts";
import { computeProgressSliced, type Progress } from "../../src/labeling/progress.ts";
import { HOTDOG_QUESTION, UNSURE, type Question } from "../../src/labeling/question.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { countedVotesSliced, NOTHING_KNOWN, type Trust } from "../../src/labeling/trust.ts";
import { votesOf } from "./crowd.ts";

const TODAY = new Date("2026-03-01T00:00:00.001Z");

/** @param rows as "image person label" */
function progressAfter(
  rows: string[],
  {
    images = "abcdef".split(""),
    perDay = {},
    question = { ...HOTDOG_QUESTION, settleAt: 0.9 },
    trust = NOTHING_KNOWN,
  }: {
    images?: string[];
    perDay?: Record<string, number>;
    question?: Pick<Question, "labels" | "settleAt">;
    trust?: Trust;
  } = {},
): Progress {
  const votes = runAtOnce(countedVotesSliced(votesOf(...rows), trust));
  const unsure = rows.filter((row) => row.endsWith(UNSURE)).length;
  const tally = { votes, answers: rows.length, unsure, perDay: new Map(Object.entries(perDay)) };
  const fit = runAtOnce(fitSliced(votes, question));
  return runAtOnce(computeProgressSliced({ images, tally, fit, question, today: TODAY, random: seeded(1) }));
}

describe("progress", () => {
  it("has three parts, and all answers", () => {
    const progress = progressAfter(["a k 1", "a m 1", "a r 1", "b k 0", "b m 0", "c k 1", "c k 0"]);
    expect(progress).toMatchObject({ images: 6, settled: 2, open: 1, untouched: 3, answers: 7, people: 3 });
  });

  it("has gold images as settled, with or without answers", () => {
    const trust = {
      ...NOTHING_KNOWN,
      gold: new Map(["a", "c", "d", "x"].map((image) => [image, 1] as const)),
    };
    const progress = progressAfter(["a k 1", "a m 0", "b k 0", "c k 1"], { trust });
    expect(progress).toMatchObject({ images: 6, settled: 3, open: 1, untouched: 2 });
  });

  it("has images that only excluded people have answered as untouched", () => {
    const rows = ["a k 1", "a m 1", "b m 0", "c m unsure", "d k 0"];
    const progress = progressAfter(rows, { trust: { ...NOTHING_KNOWN, excluded: new Set(["m"]) } });
    expect(progress).toMatchObject({ settled: 0, open: 2, untouched: 4, people: 1, reading: "alone" });
  });

  it("counts answers to images that are not in the set, but not the images", () => {
    const progress = progressAfter(["a k 1", "x k 1", "x m 0"], { images: ["a", "b"] });
    expect(progress).toMatchObject({ images: 2, settled: 0, open: 1, untouched: 1, answers: 3, people: 2 });
  });

  it("needs nothing more without images, or when every image is settled", () => {
    const none = { low: 0, high: 0 };
    expect(progressAfter([], { images: [] })).toMatchObject({
      images: 0,
      settled: 0,
      open: 0,
      untouched: 0,
      remaining: none,
      remainingDays: undefined,
      people: 0,
      alpha: undefined,
    });
    expect(progressAfter(["a k 1", "a m 1"], { images: ["a"] })).toMatchObject({
      settled: 1,
      remaining: none,
    });
  });

  it("counts people who are not sure as people who answered", () => {
    const question = { labels: ["cat", "dog", "neither"], settleAt: 0.9 };
    const rows = ["a k 2", "a m unsure", "b k 0", "b m 1", "c k unsure", "d k 1", "d m 1", "d r 1"];
    expect(progressAfter(rows, { question })).toMatchObject({
      settled: 1,
      open: 3,
      untouched: 2,
      answers: 8,
      unsure: 2,
      people: 3,
    });
    expect(progressAfter(["a k 1", "a m unsure"], { question }).reading).toBe("alone");
  });

  it("says how many days remain at the rate of the last seven, if anyone has answered in them", () => {
    const rows = ["a k 1", "b k 0", "c m 1"];
    const { remaining, remainingDays } = progressAfter(rows, { perDay: { "2026-02-23": 7 } });
    expect(remaining.low).toBeGreaterThanOrEqual(9);
    expect(remaining.high).toBeLessThanOrEqual(6 * 7);
    expect(remainingDays).toEqual(remaining);
    expect(progressAfter(rows, { perDay: { "2026-02-22": 7 } }).remainingDays).toBeUndefined();
  });

  it.each([
    ["reliable", ["a k 1", "a m 1", "b k 0", "b m 0"]],
    [
      "tentative",
      [
        "a k 1",
        "a m 1",
        "b k 0",
        "b m 0",
        "c k 1",
        "c m 1",
        "d k 0",
        "d m 0",
        "e k 1",
        "e m 1",
        "f k 0",
        "f m 1",
      ],
    ],
    ["unreliable", ["a k 1", "a m 1", "b k 0", "b m 0", "c k 1", "c m 0"]],
    ["chance", ["a k 1", "a m 0", "b k 0", "b m 1"]],
    ["alone", ["a k 1", "b k 0", "c m 1"]],
    ["unanimous", ["a k 1", "a m 1"]],
  ])("interprets agreement as %s", (reading, rows) => {
    expect(progressAfter(rows).reading).toBe(reading);
  });

  it("covers the last 30 days in UTC, with zeros for days without answers", () => {
    const perDay = { "2026-01-30": 9, "2026-01-31": 2, "2026-02-28": 3, "2026-03-01": 4 };
    const { days } = progressAfter(["a k 1"], { perDay });
    expect(days).toHaveLength(30);
    expect(days.at(0)).toEqual({ day: new Date("2026-01-31"), answers: 2 });
    expect(days.slice(-3).map(({ answers }) => answers)).toEqual([0, 3, 4]);
    expect(days.reduce((sum, { answers }) => sum + answers, 0)).toBe(9);
  });
});
