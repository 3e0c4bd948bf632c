import { describe, expect, it } from "vitest";
import { dawidSkene, SMALL_SAMPLE_PRIOR } from "../../src/labeling/dawid-skene.ts";
import type { Label } from "../../src/labeling/question.ts";
import { findMajority, type Votes } from "../../src/labeling/votes.ts";
import { plantedCrowd, votesOf } from "./crowd.ts";

describe("Dawid–Skene", () => {
  const accuracy = (probabilities: number[], truth: readonly Label[]): number =>
    probabilities.filter((value, image) => value > 0.5 === (truth[image] === 1)).length / truth.length;

  const majorityAccuracy = ({ byImage }: Votes, truth: readonly Label[]): number =>
    byImage.filter((votes, image) => findMajority(votes, 2).label === truth[image]).length / truth.length;

  it("matches an iteration worked out by hand", () => {
    // One image, one person who answers 1, a prior of four right answers and one wrong one. From probability 1 the first step
    // gives sensitivity (4+1)/(5+1), specificity 4/5, prevalence 2/3 and odds 2 · (5/6)/(1/5) = 25/3. At the fixed point p:
    const { probabilities } = dawidSkene(votesOf("a k 1"), SMALL_SAMPLE_PRIOR);
    const [p = 0] = probabilities;
    const sensitivity = (4 + p) / (5 + p);
    const specificity = 4 / (5 + (1 - p));
    const odds = ((1 + p) / (2 - p)) * (sensitivity / (1 - specificity));
    expect(p).toBeCloseTo(odds / (1 + odds), 5);
    expect(p).toBeGreaterThan(0.85);
  });

  it("recovers planted skills, and is right more often than the majority", () => {
    const people = [
      [0.95, 0.95],
      [0.9, 0.6],
      [0.6, 0.9],
      [0.85, 0.85],
      [0.55, 0.5],
      [0.5, 0.55],
      [0.92, 0.88],
    ] as const;
    const { votes, truth } = plantedCrowd({ seed: 7, images: 3_000, each: 5, prevalence: 0.4, people });
    const { probabilities, skills, converged } = dawidSkene(votes);
    expect(converged).toBe(true);
    votes.people.forEach((name, person) => {
      const planted = people[Number(name.slice("person-".length))];
      expect(skills[person]?.sensitivity).toBeCloseTo(planted?.[0] ?? 0, 1);
      expect(skills[person]?.specificity).toBeCloseTo(planted?.[1] ?? 0, 1);
    });
    expect(accuracy(probabilities, truth)).toBeGreaterThan(majorityAccuracy(votes, truth) + 0.02);
  });

  it("inverts the answers of a person who always presses the wrong button", () => {
    const people = [
      [0.9, 0.9],
      [0.85, 0.9],
      [0.9, 0.8],
      [0.05, 0.05],
    ] as const;
    const { votes, truth } = plantedCrowd({ seed: 3, images: 500, each: 4, prevalence: 0.5, people });
    const { probabilities, skills } = dawidSkene(votes, SMALL_SAMPLE_PRIOR);
    const liar = votes.people.indexOf("person-3");
    expect(skills[liar]?.sensitivity).toBeLessThan(0.2);
    expect(accuracy(probabilities, truth)).toBeGreaterThan(0.93);
  });

  it("never swaps the two labels, even with few answers", () => {
    const people = [
      [0.75, 0.7],
      [0.7, 0.75],
      [0.65, 0.9],
      [0.9, 0.65],
    ] as const;
    for (let seed = 0; seed < 200; seed += 1) {
      const { votes, truth } = plantedCrowd({ seed, images: 30, each: 3, prevalence: 0.3, people });
      expect(accuracy(dawidSkene(votes, SMALL_SAMPLE_PRIOR).probabilities, truth)).toBeGreaterThan(0.5);
    }
  });

  it("gives finite, sensible estimates for one person, and for a person who always gives the same answer", () => {
    const one = dawidSkene(votesOf("a k 1", "b k 0", "c k 1"), SMALL_SAMPLE_PRIOR).probabilities;
    expect(one.map((value) => value > 0.5)).toEqual([true, false, true]);
    const always = dawidSkene(votesOf("a k 1", "b k 1", "c k 1"), SMALL_SAMPLE_PRIOR);
    expect([...always.probabilities, ...always.skills.flatMap(Object.values)].every(Number.isFinite)).toBe(
      true,
    );
    expect(dawidSkene(votesOf())).toMatchObject({ probabilities: [], skills: [], converged: true });
  });

  it("is deterministic and does not depend on the order of the images", () => {
    const rows = ["a k 1", "a m 0", "b k 1", "b m 1", "c k 0", "c m 0", "c r 0"];
    const [first, second] = [rows, rows.toReversed()].map((order) => {
      const votes = votesOf(...order);
      const { probabilities } = dawidSkene(votes, SMALL_SAMPLE_PRIOR);
      return votes.images.map((image, index) => `${image} ${probabilities[index]?.toFixed(6)}`).toSorted();
    });
    expect(first).toEqual(second);
  });

  it("stays finite if everyone is always right", () => {
    const people = [
      [1, 1],
      [1, 1],
      [1, 1],
    ] as const;
    const { votes, truth } = plantedCrowd({ seed: 1, images: 200, each: 3, prevalence: 0.5, people });
    const { probabilities, skills } = dawidSkene(votes);
    expect(accuracy(probabilities, truth)).toBe(1);
    expect(skills.flatMap(Object.values).every((share) => share <= 1 && share > 0.999)).toBe(true);
  });
});
