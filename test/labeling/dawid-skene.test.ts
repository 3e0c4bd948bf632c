import { describe, expect, it } from "vitest";
import { dawidSkeneSliced, type Estimate } from "../../src/labeling/dawid-skene.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import type { Label } from "../../src/labeling/question.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { findMajority } from "../../src/labeling/majority.ts";
import { type Votes } from "../../src/labeling/votes.ts";
import { plantedCrowd, votesOf } from "./crowd.ts";
import { slowDawidSkene } from "./slow-reference.ts";

function dawidSkene(votes: Votes, labels = 2): Estimate {
  return runAtOnce(dawidSkeneSliced(runAtOnce(packVotesSliced(votes, labels))));
}

/** The probabilities of label 1 of two. */
function hotDogs(votes: Votes): number[] {
  return [...dawidSkene(votes).probabilities].filter((_, index) => index % 2 === 1);
}

/** How often a person gives each of two labels to the images that have it. */
function skillOf({ votes }: Estimate, person: number): { sensitivity: number; specificity: number } {
  const at = (label: number): number => votes[(person * 2 + label) * 2 + label] ?? 0;
  return { sensitivity: at(1), specificity: at(0) };
}

describe("Dawid–Skene", () => {
  const accuracy = (probabilities: number[], truth: readonly Label[]): number =>
    probabilities.filter((value, image) => value > 0.5 === (truth[image] === 1)).length / truth.length;

  const majorityAccuracy = ({ byImage }: Votes, truth: readonly Label[]): number =>
    byImage.filter((votes, image) => findMajority(votes, 2).label === truth[image]).length / truth.length;

  it("matches an iteration worked out by hand", () => {
    // One image, one person who answers 1, a prior of four right answers and one wrong one. From probability 1 the first step
    // gives sensitivity (4+1)/(5+1), specificity 4/5, prevalence 2/3 and odds 2 · (5/6)/(1/5) = 25/3. At the fixed point p:
    const [p = 0] = hotDogs(votesOf("a k 1"));
    const sensitivity = (4 + p) / (5 + p);
    const specificity = 4 / (5 + (1 - p));
    const odds = ((1 + p) / (2 - p)) * (sensitivity / (1 - specificity));
    expect(p).toBeCloseTo(odds / (1 + odds), 5);
    expect(p).toBeGreaterThan(0.85);
  });

  it.each([1, 2, 3])("agrees with a slow, independent reference on crowd %i", (seed) => {
    const people = [0.9, 0.6, 0.8, 0.55, 0.7].map((skill, index) => [skill, 0.5 + index / 10] as const);
    const { votes } = plantedCrowd({ seed, images: 40, each: 3, prevalence: 0.4, people });
    const reference = slowDawidSkene(votes);
    hotDogs(votes).forEach((probability, image) => expect(probability).toBeCloseTo(reference[image] ?? 0, 4));
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
    const estimate = dawidSkene(votes);
    expect(estimate.converged).toBe(true);
    votes.people.forEach((name, person) => {
      const planted = people[Number(name.slice("person-".length))];
      expect(skillOf(estimate, person).sensitivity).toBeCloseTo(planted?.[0] ?? 0, 1);
      expect(skillOf(estimate, person).specificity).toBeCloseTo(planted?.[1] ?? 0, 1);
    });
    expect(accuracy(hotDogs(votes), truth)).toBeGreaterThan(majorityAccuracy(votes, truth) + 0.02);
  });

  it("inverts the answers of a person who always presses the wrong button", () => {
    const people = [
      [0.9, 0.9],
      [0.85, 0.9],
      [0.9, 0.8],
      [0.05, 0.05],
    ] as const;
    const { votes, truth } = plantedCrowd({ seed: 3, images: 500, each: 4, prevalence: 0.5, people });
    expect(skillOf(dawidSkene(votes), votes.people.indexOf("person-3")).sensitivity).toBeLessThan(0.2);
    expect(accuracy(hotDogs(votes), truth)).toBeGreaterThan(0.93);
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
      expect(accuracy(hotDogs(votes), truth)).toBeGreaterThan(0.5);
    }
  });

  it("gives finite, sensible estimates for one person, and for a person who always gives the same answer", () => {
    expect(hotDogs(votesOf("a k 1", "b k 0", "c k 1")).map((value) => value > 0.5)).toEqual([
      true,
      false,
      true,
    ]);
    const always = dawidSkene(votesOf("a k 1", "b k 1", "c k 1"));
    expect([...always.probabilities, ...always.votes].every(Number.isFinite)).toBe(true);
    expect(dawidSkene(votesOf())).toMatchObject({ probabilities: new Float64Array(), converged: true });
  });

  it("keeps ties of two people who contradict each other exact", () => {
    expect(hotDogs(votesOf("a k 1", "a m 0", "b k 0", "b m 1"))).toEqual([0.5, 0.5]);
  });

  it("combines more than two labels, and learns which ones a person confuses", () => {
    const rows = Array.from({ length: 60 }, (_, index) => {
      const truth = index % 4;
      const right = ["k", "m", "r"].map((person) => `i${index} ${person} ${truth}`);
      // Calls every 2 a 3. Another person always says 0, and is right only by chance.
      return [...right, `i${index} w ${truth === 2 ? 3 : truth}`, `i${index} z 0`];
    }).flat();
    const votes = votesOf(...rows, "new w 3", "new z 0", "new2 w 1", "new2 z 0");
    const { probabilities, prior, converged } = dawidSkene(votes, 4);
    const of = (image: string) =>
      Array.from(probabilities.subarray(votes.images.indexOf(image) * 4).subarray(0, 4));
    expect(converged).toBe(true);
    expect(of("new")[2]).toBeCloseTo(of("new")[3] ?? 0, 1);
    expect(of("new2")[1]).toBeGreaterThan(0.9);
    expect(prior.right).toBeGreaterThan(prior.wrong);
  });
});
