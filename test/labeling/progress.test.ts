import { describe, expect, it } from "vitest";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { fitSliced } from "../../src/labeling/method.ts";
import { computeProgressSliced, type Progress } from "../../src/labeling/progress.ts";
import { HOTDOG_QUESTION, UNSURE, type Question } from "../../src/labeling/question.ts";
import { votesOf } from "./crowd.ts";

const TODAY = new Date("2026-03-01T00:00:00.001Z");

/** @param rows as "image person label" */
function progressAfter(
  rows: string[],
  {
    images = "abcdef".split(""),
    perDay = {},
    question = HOTDOG_QUESTION,
  }: { images?: string[]; perDay?: Record<string, number>; question?: Pick<Question, "labels"> } = {},
): Progress {
  const votes = votesOf(...rows);
  const unsure = rows.filter((row) => row.endsWith(UNSURE)).length;
  const tally = { votes, answers: rows.length, unsure, perDay: new Map(Object.entries(perDay)) };
  const fit = runAtOnce(fitSliced(votes, question));
  return runAtOnce(computeProgressSliced({ images, tally, fit, question, today: TODAY }));
}

describe("progress", () => {
  it("counts images by how many people have labeled them, and all answers", () => {
    const progress = progressAfter(["a k 1", "a m 1", "a r 1", "b k 0", "b m 0", "c k 1", "c k 0"]);
    expect(progress).toMatchObject({ images: 6, byPeople: [3, 1, 1, 1], answers: 7, people: 3 });
  });

  it("counts answers to images that are not in the set, but not the images", () => {
    const progress = progressAfter(["a k 1", "x k 1", "x m 0"], { images: ["a", "b"] });
    expect(progress).toMatchObject({ images: 2, byPeople: [1, 1, 0, 0], answers: 3, people: 2, tied: 0 });
  });

  it("is all zeros without images and answers", () => {
    expect(progressAfter([], { images: [] })).toMatchObject({
      images: 0,
      byPeople: [0, 0, 0, 0],
      answers: 0,
      people: 0,
      alpha: undefined,
      differ: 0,
      tied: 0,
      decided: 0,
    });
  });

  it("tells ties from differences, and counts the ties that Dawid–Skene decides", () => {
    const agreed = ["b", "c", "d", "e"].flatMap((image, index) =>
      ["k", "m", "r"].map((person) => `${image} ${person} ${index % 2}`),
    );
    // One person is always right and the other mostly wrong, so Dawid–Skene decides the tie.
    const wrong = ["b w 1", "c w 0", "d w 1", "e w 1"];
    expect(progressAfter([...agreed, ...wrong, "a k 1", "a w 0"])).toMatchObject({
      differ: 0,
      tied: 1,
      decided: 1,
    });
    expect(progressAfter(["a k 1", "a m 0"])).toMatchObject({ differ: 0, tied: 1, decided: 0 });
  });

  it("finds images on which two people who are often wrong outvote one who is always right", () => {
    const images = Array.from({ length: 12 }, (_, index) => `i${index}`);
    const rows = images.flatMap((image, index) => {
      const truth = index % 2;
      const others = ["k", "m", "r"].map((person) => `${image} ${person} ${truth}`);
      const bad = ["w", "v"].map((person) => `${image} ${person} ${index % 3 === 0 ? truth : 1 - truth}`);
      return others.concat(bad);
    });
    const all = [...rows, "z k 1", "z w 0", "z v 0"];
    expect(progressAfter(all, { images: ["z"] })).toMatchObject({ differ: 1, tied: 0 });
  });

  it("counts people who are not sure as people who answered, and compares the two also for more than two labels", () => {
    const question = { labels: ["cat", "dog", "neither"] };
    const rows = ["a k 2", "a m unsure", "b k 0", "b m 1", "c k unsure", "d k 1", "d m 1", "d r 0"];
    expect(progressAfter(rows, { question })).toMatchObject({
      byPeople: [2, 1, 2, 1],
      answers: 8,
      unsure: 2,
      people: 3,
      differ: 0,
      tied: 2,
      // Label 1 is the likelier one, because d has it.
      decided: 1,
    });
    expect(progressAfter(["a k 1", "a m unsure"], { question }).reading).toBe("alone");
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
