import { describe, expect, it } from "vitest";
import { dawidSkene, THIN_DATA } from "../../src/labeling/dawid-skene.ts";
import { krippendorffAlpha } from "../../src/labeling/krippendorff.ts";
import type { Label } from "../../src/labeling/label.ts";
import { majorityOf } from "../../src/labeling/majority.ts";
import { collectVotes, type Votes } from "../../src/labeling/votes.ts";
import { plantedCrowd, votesOf } from "./crowd.ts";

describe("votes", () => {
  it("are the last answers of each person to each image, however the answers come", () => {
    const rows = [
      { id: "9", image: "a", labeler: "k", label: 1 },
      { id: "10", image: "a", labeler: "k", label: 0 },
      { id: "11", image: "a", labeler: "m", label: 1 },
      { id: "8", image: "b", labeler: "k", label: 1 },
    ] as const;
    for (const order of [rows, rows.toReversed(), [...rows, ...rows]]) {
      const collector = collectVotes();
      for (const row of order) collector.add(row);
      const { images, people, of } = collector.votes();
      const all = of.flatMap((votes, image) =>
        votes.map(({ person, label }) => `${images[image]} ${people[person]} ${label}`),
      );
      expect(all.toSorted()).toEqual(["a k 0", "a m 1", "b k 1"]);
    }
  });

  it("that were told stay as they were when more come", () => {
    const collector = collectVotes();
    collector.add({ id: "1", image: "a", labeler: "k", label: 1 });
    collector.add({ id: "2", image: "b", labeler: "k", label: 1 });
    const before = collector.votes();
    const told = structuredClone(before);
    collector.add({ id: "3", image: "a", labeler: "k", label: 0 });
    collector.add({ id: "4", image: "b", labeler: "m", label: 0 });
    collector.add({ id: "5", image: "c", labeler: "k", label: 1 });
    const after = collector.votes();
    expect(before).toEqual(told);
    expect(after.of.map((given) => given.map(({ label }) => label))).toEqual([[0], [1, 0], [1]]);
    expect(collector.votes()).toEqual(after);
  });

  it("take memory by people and images, not by answers", () => {
    const collector = collectVotes();
    for (let id = 0; id < 50_000; id += 1) {
      collector.add({ id: String(id), image: `i${id % 5}`, labeler: `p${id % 3}`, label: id % 2 ? 1 : 0 });
    }
    expect(collector.votes().of.flat()).toHaveLength(15);
  });
});

describe("the majority", () => {
  const labels = ({ of }: Votes): unknown[] => of.map((votes) => majorityOf(votes)?.label);

  it("is what more people say, and a tie a tie", () => {
    expect(labels(votesOf("a k 1", "a m 1", "a r 0", "b k 0", "c k 0", "c m 1"))).toEqual([1, 0, "tie"]);
  });

  it("counts a person's last answer alone", () => {
    expect(labels(votesOf("a k 1", "a m 0", "a k 0"))).toEqual([0]);
  });

  it("is nothing where nobody has said anything", () => {
    expect(majorityOf([])).toBeUndefined();
  });
});

describe("Krippendorff's alpha", () => {
  const two = (a: string, b: string): Votes =>
    votesOf(...Array.from(a).flatMap((label, image) => [`${image} A ${label}`, `${image} B ${b[image]}`]));

  it("is that of the worked example of binary data", () => {
    // Krippendorff 2011, section A: two observers, ten units, alpha 0.095.
    expect(krippendorffAlpha(two("0100000010", "1110010000"))).toBeCloseTo(0.095, 3);
  });

  it("is 1 where all agree, and below 0 where they always differ", () => {
    expect(krippendorffAlpha(two("0101", "0101"))).toBe(1);
    expect(krippendorffAlpha(two("0101", "1010"))).toBeLessThan(0);
  });

  it("leaves out images that one person alone has answered", () => {
    const votes = votesOf("1 A 0", "1 B 0", "2 A 1", "2 B 1", "3 A 1", "4 B 0");
    expect(krippendorffAlpha(votes)).toBe(1);
  });

  it("is nothing where there is no pair, or nothing that could differ", () => {
    expect(krippendorffAlpha(votesOf())).toBeUndefined();
    expect(krippendorffAlpha(votesOf("a k 1", "b m 0"))).toBeUndefined();
    expect(krippendorffAlpha(two("111", "111"))).toBeUndefined();
  });
});

describe("Dawid–Skene", () => {
  const right = (probabilities: number[], truth: readonly Label[]): number =>
    probabilities.filter((value, image) => value > 0.5 === (truth[image] === 1)).length / truth.length;

  const byMajority = ({ of }: Votes, truth: readonly Label[]): number =>
    of.filter((votes, image) => majorityOf(votes)?.label === truth[image]).length / truth.length;

  it("is the step worked out by hand", () => {
    // One image, one person who says 1, four right and one wrong before. Begins with probability 1: sensitivity (4+1)/(5+1),
    // specificity 4/5, prevalence 2/3; odds 2 · (5/6)/(1/5) = 25/3. The fixed point p of the same step again:
    const { probabilities } = dawidSkene(votesOf("a k 1"), THIN_DATA);
    const [p = 0] = probabilities;
    const sensitivity = (4 + p) / (5 + p);
    const specificity = 4 / (5 + (1 - p));
    const odds = ((1 + p) / (2 - p)) * (sensitivity / (1 - specificity));
    expect(p).toBeCloseTo(odds / (1 + odds), 5);
    expect(p).toBeGreaterThan(0.85);
  });

  it("finds skills that were planted, and is right more often than the majority", () => {
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
    expect(right(probabilities, truth)).toBeGreaterThan(byMajority(votes, truth) + 0.02);
  });

  it("turns around somebody who presses the wrong button every time", () => {
    const people = [
      [0.9, 0.9],
      [0.85, 0.9],
      [0.9, 0.8],
      [0.05, 0.05],
    ] as const;
    const { votes, truth } = plantedCrowd({ seed: 3, images: 500, each: 4, prevalence: 0.5, people });
    const { probabilities, skills } = dawidSkene(votes, THIN_DATA);
    const liar = votes.people.indexOf("person-3");
    expect(skills[liar]?.sensitivity).toBeLessThan(0.2);
    expect(right(probabilities, truth)).toBeGreaterThan(0.93);
  });

  it("never takes hot dogs for the other things, however few the answers", () => {
    const people = [
      [0.75, 0.7],
      [0.7, 0.75],
      [0.65, 0.9],
      [0.9, 0.65],
    ] as const;
    for (let seed = 0; seed < 200; seed += 1) {
      const { votes, truth } = plantedCrowd({ seed, images: 30, each: 3, prevalence: 0.3, people });
      expect(right(dawidSkene(votes, THIN_DATA).probabilities, truth)).toBeGreaterThan(0.5);
    }
  });

  it("believes one person alone, and somebody who always says the same, within reason", () => {
    const one = dawidSkene(votesOf("a k 1", "b k 0", "c k 1"), THIN_DATA).probabilities;
    expect(one.map((value) => value > 0.5)).toEqual([true, false, true]);
    const always = dawidSkene(votesOf("a k 1", "b k 1", "c k 1"), THIN_DATA);
    expect([...always.probabilities, ...always.skills.flatMap(Object.values)].every(Number.isFinite)).toBe(
      true,
    );
    expect(dawidSkene(votesOf())).toMatchObject({ probabilities: [], skills: [], converged: true });
  });

  it("says the same each time, and of images in whatever order", () => {
    const rows = ["a k 1", "a m 0", "b k 1", "b m 1", "c k 0", "c m 0", "c r 0"];
    const [first, second] = [rows, rows.toReversed()].map((order) => {
      const votes = votesOf(...order);
      const { probabilities } = dawidSkene(votes, THIN_DATA);
      return votes.images.map((image, index) => `${image} ${probabilities[index]?.toFixed(6)}`).toSorted();
    });
    expect(first).toEqual(second);
  });

  it("stays finite where everybody is right every time", () => {
    const people = [
      [1, 1],
      [1, 1],
      [1, 1],
    ] as const;
    const { votes, truth } = plantedCrowd({ seed: 1, images: 200, each: 3, prevalence: 0.5, people });
    const { probabilities, skills } = dawidSkene(votes);
    expect(right(probabilities, truth)).toBe(1);
    expect(skills.flatMap(Object.values).every((share) => share <= 1 && share > 0.999)).toBe(true);
  });
});
