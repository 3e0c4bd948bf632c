import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseModelSliced, type ChosenModel } from "../../src/labeling/choose-model.ts";
import { MOSTLY_RIGHT } from "../../src/labeling/confusion.ts";
import { dawidSkeneSliced } from "../../src/labeling/dawid-skene.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { confusionMatrices, variationalSliced } from "../../src/labeling/variational.ts";
import { findLeader, findMajority } from "../../src/labeling/majority.ts";
import { type Votes } from "../../src/labeling/votes.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { plantedCrowd, votesOf } from "./crowd.ts";
import { expectSameChoice } from "./same-choice.ts";
import { exactPosterior } from "./slow-reference.ts";

const choose = (votes: Votes, labels = 2, onProgress: (share: number) => void = () => {}): ChosenModel =>
  runAtOnce(chooseModelSliced(runAtOnce(packVotesSliced(votes, labels)), onProgress));

/** The share of images whose likeliest label is the true one. */
function accuracy(labels: readonly (number | "tie")[], truth: readonly number[]): number {
  return labels.filter((label, image) => label === truth[image]).length / truth.length;
}

const labelsOf = ({ probabilities }: Pick<ChosenModel, "probabilities">, labels = 2): (number | "tie")[] =>
  Array.from(
    { length: probabilities.length / labels },
    (_, image) => findLeader([...probabilities.subarray(image * labels, (image + 1) * labels)]).label,
  );

/** Three of ten people are fooled by two images of five, which look like the other label, and are right about the rest. */
function crowdWithMimics(seed: number): { votes: Votes; truth: number[] } {
  const random = seeded(seed);
  const kinds = Array.from({ length: 400 }, () => ({ truth: Math.round(random()), isMimic: random() < 0.4 }));
  const rows = kinds.flatMap(({ truth, isMimic }, image) =>
    Array.from({ length: 10 }, (_, person) => {
      const skill = person >= 3 ? 0.75 : isMimic ? 0.2 : 0.95;
      return `i${image} p${person} ${random() < skill ? truth : 1 - truth}`;
    }),
  );
  return { votes: votesOf(...rows), truth: kinds.map(({ truth }) => truth) };
}

describe("the model of an export", () => {
  it.each([1, 2, 3])("is Dawid–Skene for people who err independently (seed %i)", (seed) => {
    const people = Array.from(
      { length: 20 },
      (_, person) => [0.6 + person / 60, 0.6 + ((person * 7) % 20) / 60] as const,
    );
    const { votes, truth } = plantedCrowd({ seed, images: 400, each: 5, prevalence: 0.4, people });
    const model = choose(votes);
    expect(model).toMatchObject({
      chosen: { model: "dawid-skene", subtypes: [1, 1] },
      other: { model: "ebcc" },
      prior: MOSTLY_RIGHT,
    });
    const majority = votes.byImage.map((answers) => findMajority(answers, 2).label);
    expect(accuracy(labelsOf(model), truth)).toBeGreaterThanOrEqual(accuracy(majority, truth));
  });

  it.each([1, 2])("has groups of images where some people err together (seed %i)", (seed) => {
    const { votes, truth } = crowdWithMimics(seed);
    const model = choose(votes);
    expect(model.chosen.model).toBe("ebcc");
    expect(model.chosen.evidence).toBeGreaterThan(model.other.evidence);
    const live = runAtOnce(dawidSkeneSliced(runAtOnce(packVotesSliced(votes, 2))));
    const majority = votes.byImage.map((answers) => findMajority(answers, 2).label);
    expect(accuracy(labelsOf(model), truth)).toBeGreaterThan(accuracy(labelsOf(live), truth) + 0.02);
    expect(accuracy(labelsOf(model), truth)).toBeGreaterThan(accuracy(majority, truth));
  });

  it("has one accuracy per person for several labels, or more where people confuse some of them", () => {
    const random = seeded(1);
    const crowd = (confuses: boolean): Votes => {
      const rows = Array.from({ length: 300 }, (_, image) =>
        Array.from({ length: 5 }, (_, person) => {
          const truth = image % 4;
          const isWrong = confuses ? truth === 2 && random() < 0.4 : random() < 0.1 + person / 20;
          const wrong = confuses ? 3 : Math.floor(random() * 4);
          return `i${image} p${person} ${isWrong ? wrong : truth}`;
        }),
      );
      return votesOf(...rows.flat());
    };
    expect(choose(crowd(false), 4).chosen.model).toBe("one-coin");
    const confused = choose(crowd(true), 4);
    expect(confused.chosen.model).toBe("ibcc");
    const truth = Array.from({ length: 300 }, (_, image) => image % 4);
    expect(accuracy(labelsOf(confused, 4), truth)).toBeGreaterThan(0.97);
  });

  it("reports its progress up to 1, and needs no answers", () => {
    const shares: number[] = [];
    choose(crowdWithMimics(2).votes, 2, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(20);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(choose(votesOf()).probabilities).toHaveLength(0);
    expect(choose(votesOf("a k unsure")).probabilities).toEqual(new Float64Array([0.5, 0.5]));
    expect(choose(votesOf("a k unsure"), 3).probabilities[1]).toBeCloseTo(1 / 3, 5);
  });
});

describe("an approximate posterior", () => {
  const people = [0.9, 0.8, 0.85, 0.7].map((skill) => [skill, skill] as const);
  const { votes } = plantedCrowd({ seed: 4, images: 8, each: 4, prevalence: 0.5, people });

  it.each([
    ["one cluster for each label", [0, 1]],
    ["subtypes", [0, 1, 1]],
  ])("with %s has an evidence a little below the exact one of a small crowd", (_, clusterLabels) => {
    const packed = runAtOnce(packVotesSliced(votes, 2));
    const shares = Float64Array.from(
      votes.byImage.flatMap((answers) => {
        const ones = answers.filter(({ label }) => label === 1).length / answers.length;
        return clusterLabels.map((label, cluster) => (label === 1 ? ones : 1 - ones) / (1 + cluster));
      }),
    );
    const model = confusionMatrices({ labels: 2, clusterLabels, prior: MOSTLY_RIGHT }, false);
    const { elbo } = runAtOnce(variationalSliced(packed, { model, clusterLabels, shares }, 1_000));
    const { evidence } = exactPosterior(votes, clusterLabels);
    expect(elbo).toBeLessThan(evidence);
    expect(elbo).toBeGreaterThan(evidence - 2.5);
  });

  it("finds the labels of the exact one", () => {
    const { ones } = exactPosterior(votes, [0, 1]);
    expect(labelsOf(choose(votes))).toEqual(ones.map((one) => (one > 0.5 ? 1 : 0)));
  });
});

describe("the order and the names of images, people and labels", () => {
  /** Who gives which label to which image; most crowds are too small to be without symmetries. */
  const crowd = (labels: number) =>
    fc.uniqueArray(fc.record({ image: fc.nat(11), person: fc.nat(4), label: fc.nat(labels - 1) }), {
      selector: ({ image, person }) => `${image} ${person}`,
      minLength: 1,
      maxLength: 50,
    });

  it.each([2, 3])("change nothing about a crowd with %i labels", (labels) => {
    fc.assert(
      fc.property(crowd(labels), fc.nat(), (answers, seed) => {
        const random = seeded(seed);
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, key: random() }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const names = (count: number): number[] =>
          shuffled(Array.from({ length: count }, (_, index) => index));
        const [image, person, label] = [names(12), names(5), names(labels)];
        const before = votesOf(...answers.map((one) => `${one.image} ${one.person} ${one.label}`));
        const after = votesOf(
          ...shuffled(answers).map((one) => `${image[one.image]} ${person[one.person]} ${label[one.label]}`),
        );
        expectSameChoice(
          { votes: before, chosen: choose(before, labels) },
          { votes: after, chosen: choose(after, labels) },
          { image, label },
        );
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
