import { describe, expect, it } from "vitest";
import { dawidSkene, SMALL_SAMPLE_PRIOR } from "../../src/labeling/dawid-skene.ts";
import { labelEstimator } from "../../src/worker/label-estimate.ts";
import { plantedCrowd, votesOf } from "../labeling/crowd.ts";

const tallyOf = (votes: ReturnType<typeof votesOf>) => ({ votes, answers: 0, perDay: new Map() });

describe("the label estimate", () => {
  it("is computed with Dawid–Skene, once per tally", async () => {
    const tally = tallyOf(votesOf("a k 1", "a m 1", "b k 0", "b m 1"));
    const estimate = labelEstimator();
    const computed = await Promise.all([estimate.estimate(tally), estimate.estimate(tally)]);
    expect(computed[0]).toBe(computed[1]);
    expect(computed[0]).toEqual(dawidSkene(tally.votes, SMALL_SAMPLE_PRIOR));
  });

  it("weighs other votes with the latest skills, and new people with the prior", async () => {
    const estimate = labelEstimator();
    const before = votesOf("a k 1", "a m 1", "b k 0", "b m 1");
    expect(estimate.latestSkills(before)).toEqual({
      skills: [
        { sensitivity: 0.8, specificity: 0.8 },
        { sensitivity: 0.8, specificity: 0.8 },
      ],
      prevalence: 0.5,
    });
    const { skills, prevalence } = await estimate.estimate(tallyOf(before));
    const later = estimate.latestSkills(votesOf("c r 1", "c m 0", "c k 1"));
    expect(later.prevalence).toBe(prevalence);
    expect(later.skills).toEqual([{ sensitivity: 0.8, specificity: 0.8 }, skills[1], skills[0]]);
  });

  it("leaves the thread free for other work", async () => {
    const people = Array.from({ length: 20 }, () => [0.7, 0.7] as const);
    const { votes } = plantedCrowd({ seed: 1, images: 20_000, each: 5, prevalence: 0.4, people });
    let timerRuns = 0;
    const counting = setInterval(() => (timerRuns += 1), 0);
    try {
      await labelEstimator().estimate(tallyOf(votes));
    } finally {
      clearInterval(counting);
    }
    expect(timerRuns).toBeGreaterThan(2);
  });
});
