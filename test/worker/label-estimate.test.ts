import { describe, expect, it } from "vitest";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { fitSliced } from "../../src/labeling/method.ts";
import { NOTHING_KNOWN } from "../../src/labeling/trust.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { labelEstimator } from "../../src/worker/label-estimate.ts";
import { plantedCrowd, votesOf } from "../labeling/crowd.ts";

describe("the label estimate", () => {
  it("is computed with Dawid–Skene, once per answers that count", async () => {
    const votes = votesOf("a k 1", "a m 1", "b k 0", "b m 1");
    const estimate = labelEstimator(HOTDOG_QUESTION);
    const computed = await Promise.all([estimate.estimate(votes), estimate.estimate(votes)]);
    expect(computed[0]).toBe(computed[1]);
    const { estimate: expected } = runAtOnce(fitSliced(votes, HOTDOG_QUESTION));
    expect(computed[0].estimate).toEqual(expected);
  });

  it("weighs other votes with the latest skills, and new people with the prior", async () => {
    const estimate = labelEstimator(HOTDOG_QUESTION);
    const before = votesOf("a k 1", "a m 1", "b k 0", "b m 1");
    const hotDog = (person: number): number =>
      estimate.latestScorer(before)([{ person, label: 1 }]).probabilities[1] ?? 0;
    expect([hotDog(0), hotDog(1)].map((one) => one.toFixed(10))).toEqual(["0.8000000000", "0.8000000000"]);
    const { scorer } = await estimate.estimate(before);
    const [k, m] = [hotDog(0), hotDog(1)];
    expect(k).toBeGreaterThan(m);
    const later = votesOf("c r 1", "c m 0", "c k 1");
    const scores = [0, 1, 2].map(
      (person) => estimate.latestScorer(later)([{ person, label: 1 }]).probabilities[1],
    );
    expect(scores.slice(1)).toEqual([m, k]);
    const unknown = scorer({ people: ["nobody"] })([{ person: 0, label: 1 }]).probabilities[1];
    expect(scores[0]).toBe(unknown);
  });

  it("counts the answers once per what is known", async () => {
    const votes = votesOf("a k 1", "a m 0");
    const estimate = labelEstimator(HOTDOG_QUESTION);
    expect(await estimate.counted(votes, NOTHING_KNOWN)).toBe(votes);
    const trust = { ...NOTHING_KNOWN, excluded: new Set(["m"]) };
    const without = await estimate.counted(votes, trust);
    expect(without.byImage[0]).toMatchObject([{ person: 0, label: 1 }]);
    expect(await estimate.counted(votes, trust)).toBe(without);
    expect(await estimate.counted(votes, NOTHING_KNOWN)).toBe(votes);
  });

  it("leaves the thread free for other work", async () => {
    const people = Array.from({ length: 20 }, () => [0.7, 0.7] as const);
    const { votes } = plantedCrowd({ seed: 1, images: 20_000, each: 5, prevalence: 0.4, people });
    let timerRuns = 0;
    const counting = setInterval(() => (timerRuns += 1), 0);
    try {
      await labelEstimator(HOTDOG_QUESTION).estimate(votes);
    } finally {
      clearInterval(counting);
    }
    expect(timerRuns).toBeGreaterThan(2);
  });
});
