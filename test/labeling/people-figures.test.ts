import { describe, expect, it } from "vitest";
import { goldAnswersBy, goldRecordOf } from "../../src/labeling/gold-answers.ts";
import { labelerFiguresSliced } from "../../src/labeling/labeler-figures.ts";
import { fitSliced } from "../../src/labeling/method.ts";
import { paceOf } from "../../src/labeling/pace.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { settledAgreementSliced } from "../../src/labeling/settled-agreement.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { countedVotesSliced, NOTHING_KNOWN, type Trust } from "../../src/labeling/trust.ts";
import type { LastAnswers } from "../../src/labeling/votes.ts";
import { plantedCrowd, votesOf } from "./crowd.ts";

const question = { ...HOTDOG_QUESTION, settleAt: 0.9 };

describe("a person's answers to gold images", () => {
  const gold = new Map([
    ["a", 1],
    ["b", 0],
    ["z", 0],
  ]);
  const answers = votesOf("a ann 0", "b ann 0", "c ann 1", "a bob 1", "a ann 1", "b bob unsure", "b bob 0");

  it("are the first ones", () => {
    expect(goldAnswersBy(answers, "ann", gold)).toEqual([
      { image: "a", truth: 1, first: 0, id: 1n },
      { image: "b", truth: 0, first: 0, id: 2n },
    ]);
    expect(goldAnswersBy(answers, "nobody", gold)).toEqual([]);
    expect(goldAnswersBy(answers, "ann", NOTHING_KNOWN.gold)).toEqual([]);
  });

  it("are counted by label, without those that are not sure", () => {
    const record = (who: string) => goldRecordOf(goldAnswersBy(answers, who, gold), 2);
    expect(record("ann")).toEqual({
      right: 1,
      voted: 2,
      byLabel: [
        { right: 1, voted: 1 },
        { right: 0, voted: 1 },
      ],
    });
    expect(record("bob")).toMatchObject({ right: 1, voted: 1 });
  });
});

describe("a person's pace", () => {
  const idAt = (seconds: number): bigint => BigInt(seconds * 1_000) << 22n;

  it("is the median time between two answers, without breaks, in any order", () => {
    expect(paceOf([0, 2, 6, 7, 1_000, 1_003].map(idAt))).toBe(2.5);
    expect(paceOf([1_003, 7, 0, 6, 1_000, 2].map(idAt))).toBe(2.5);
    expect(paceOf([0, 300].map(idAt))).toBe(300);
  });

  it("is unknown without two answers that belong together", () => {
    expect(paceOf([])).toBeUndefined();
    expect(paceOf([idAt(5)])).toBeUndefined();
    expect(paceOf([0, 301].map(idAt))).toBeUndefined();
  });
});

describe("a person's agreement with settled images", () => {
  const agreement = (labeler: string, answers: LastAnswers, trust: Trust = NOTHING_KNOWN) => {
    const counted = runAtOnce(countedVotesSliced(answers, trust));
    const score = runAtOnce(fitSliced(counted, question)).scorer(counted);
    return runAtOnce(settledAgreementSliced(labeler, { answers, counted, score, question }));
  };
  const ofThree = ["k", "m", "r"].flatMap((who) => [`a ${who} 1`, `b ${who} 0`, `c ${who} 0`]);

  it("compares only with what the others are sure of", () => {
    const answers = votesOf(...ofThree, "a ann 1", "b ann 1", "c ann unsure", "d ann 1", "d k 1");
    expect(agreement("ann", answers)).toEqual({
      agreeing: 1,
      voted: 2,
      byLabel: [
        { agreeing: 0, voted: 1 },
        { agreeing: 1, voted: 1 },
      ],
    });
    expect(agreement("nobody", answers).voted).toBe(0);
  });

  it("leaves out the person's own answer, which may have settled the image", () => {
    const two = votesOf(...ofThree, "d ann 1", "d k 1");
    expect(agreement("ann", two).voted).toBe(0);
    expect(agreement("k", two).voted).toBe(3);
  });

  it("leaves out gold images, and images that many answers have not made sure", () => {
    const answers = votesOf(...ofThree, "a ann 1", "b ann 0");
    expect(agreement("ann", answers, { ...NOTHING_KNOWN, gold: new Map([["a", 1]]) }).voted).toBe(1);
    const disputed = Array.from({ length: 8 }, (_, person) => `d p${person} ${person % 2}`);
    expect(agreement("ann", votesOf(...ofThree, ...disputed, "d ann 1")).voted).toBe(0);
  });

  it("compares an excluded person with the answers that count", () => {
    const answers = votesOf(...ofThree, "a ann 0", "b ann 1");
    expect(agreement("ann", answers, { ...NOTHING_KNOWN, excluded: new Set(["ann"]) })).toMatchObject({
      agreeing: 0,
      voted: 2,
    });
    const alone = { ...NOTHING_KNOWN, excluded: new Set(["m", "r"]) };
    expect(agreement("ann", answers, alone).voted).toBe(0);
  });
});

it("figures of all labelers include excluded ones, who change nobody's reliability", () => {
  const people = [
    [0.95, 0.9],
    [0.85, 0.9],
    [0.9, 0.85],
    [0.1, 0.1],
    [0.95, 0.05],
  ] as const;
  const { votes, truth } = plantedCrowd({ seed: 3, images: 400, each: 5, prevalence: 0.5, people });
  const gold = new Map(votes.images.slice(0, 20).map((image, index) => [image, truth[index] ?? 0]));
  const figures = (excluded: string[]) => {
    const all = runAtOnce(
      labelerFiguresSliced(votes, { gold, excluded: new Set(excluded) }, { question, minAnswers: 20 }),
    );
    return new Map(all.map((one) => [one.labeler, one]));
  };
  const known = figures(["person-3"]);
  const bad = known.get("person-3");
  expect(bad).toMatchObject({ images: 400, excluded: true, gold: { voted: 20 } });
  expect(bad?.reliability?.share).toBeLessThan(0.2);
  expect(bad?.gold.right).toBeLessThan(6);
  // Somebody who always gives the same label is as good as a coin, although half of the answers are right.
  expect(known.get("person-4")?.reliability?.share).toBeCloseTo(0.5, 1);
  const good = known.get("person-0");
  expect(good).toMatchObject({ excluded: false, images: 400 });
  expect(good?.reliability?.low).toBeLessThan(0.92);
  expect(good?.reliability?.high).toBeGreaterThan(0.92);
  expect(good?.reliability?.high).toBeLessThan(1);
  const three = figures(["person-3", "person-4"]);
  expect(three.get("person-4")?.reliability?.share).toBeCloseTo(0.5, 1);
  expect([...three.values()].filter(({ excluded }) => excluded)).toHaveLength(2);
});
