import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseModelSliced } from "../../src/labeling/choose-model.ts";
import { MOSTLY_RIGHT } from "../../src/labeling/confusion.ts";
import { dawidSkeneSliced } from "../../src/labeling/dawid-skene.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import type { Label } from "../../src/labeling/question.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { confusionMatrices, variationalSliced } from "../../src/labeling/variational.ts";
import { countedVotesSliced, NOTHING_KNOWN, type Trust } from "../../src/labeling/trust.ts";
import type { LastAnswers, Votes } from "../../src/labeling/votes.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { plantedCrowd, votesInOrder, votesOf } from "./crowd.ts";
import { expectSameChoice } from "./same-choice.ts";
import { exactPosterior, slowDawidSkene } from "./slow-reference.ts";

const trust = (gold: Record<string, Label>, ...excluded: string[]): Trust => ({
  gold: new Map(Object.entries(gold)),
  excluded: new Set(excluded),
});
const counted = (answers: LastAnswers, known: Trust): LastAnswers =>
  runAtOnce(countedVotesSliced(answers, known));
const dawidSkene = (votes: Votes, labels = 2): Float64Array =>
  runAtOnce(dawidSkeneSliced(runAtOnce(packVotesSliced(votes, labels)))).probabilities;
const choose = (votes: Votes, labels = 2) =>
  runAtOnce(chooseModelSliced(runAtOnce(packVotesSliced(votes, labels)), () => {}));

/** Who gives which answer to which image, by name. */
function described({ images, people, byImage, unsure }: LastAnswers): string[] {
  return images
    .flatMap((image, index) =>
      [...(byImage[index] ?? []), ...(unsure.get(index) ?? [])].map(
        ({ person, label }) => `${image} ${people[person]} ${label}`,
      ),
    )
    .toSorted();
}

describe("the answers that count", () => {
  const answers = votesOf(
    "a k 1",
    "a m 0",
    "b k 0",
    "b m unsure",
    "a k 0",
    "b m 1",
    "c m 1",
    "a k 1",
    "d r 0",
  );

  it("are all, as they are, as long as nothing is known", () => {
    expect(counted(answers, NOTHING_KNOWN)).toBe(answers);
  });

  it("are the first ones to gold images, and the last ones to others", () => {
    const votes = counted(
      votesOf("a k 0", "b k 0", "a k 1", "b k 1", "a m unsure", "a m 1"),
      trust({ a: 1 }),
    );
    expect(described(votes)).toEqual(["a k 0", "a m unsure", "b k 1"]);
    expect([...votes.gold]).toEqual([[0, 1]]);
  });

  it("are not those of excluded people, who stay among the people", () => {
    const votes = counted(answers, trust({}, "m", "nobody"));
    expect(described(votes)).toEqual(["a k 1", "b k 0", "d r 0"]);
    expect(votes.people).toEqual(answers.people);
    expect(votes.images).toEqual(answers.images);
    expect(votes.byPerson[votes.people.indexOf("m")]).toEqual([]);
  });

  it("leave the answers given as they were, and share those to other images", () => {
    const copy = structuredClone(answers);
    const votes = counted(answers, trust({ a: 1 }, "m"));
    expect(answers).toEqual(copy);
    const d = answers.images.indexOf("d");
    expect(votes.byImage[d]).toBe(answers.byImage[d]);
  });

  it("have gold images without answers, too", () => {
    const votes = counted(answers, trust({ z: 0, a: 1 }));
    const z = votes.images.indexOf("z");
    expect(votes.gold.get(z)).toBe(0);
    expect([votes.byImage.length, votes.byImage[z]]).toEqual([votes.images.length, []]);
  });

  it("are found in whichever order answers arrive, also twice", () => {
    const rows = ["a k 0", "a k 1", "a k unsure", "a m 1"].map((row, index) => ({ row, id: index }));
    for (const order of [rows, rows.toReversed(), [...rows.slice(1), ...rows]])
      expect(described(counted(votesInOrder(order), trust({ a: 1 })))).toEqual(["a k 0", "a m 1"]);
  });
});

describe("gold images", () => {
  const people = [0.9, 0.6, 0.8, 0.55, 0.7].map((skill, index) => [skill, 0.5 + index / 10] as const);
  const withGold = (seed: number, share = 0.1) => {
    const { votes, truth } = plantedCrowd({ seed, images: 40, each: 3, prevalence: 0.4, people });
    const gold = new Map(votes.images.slice(0, 40 * share).map((image, index) => [image, truth[index] ?? 0]));
    return { votes: counted(votes, { gold, excluded: new Set() }), gold };
  };

  it("keep their labels in every model, whatever people say", () => {
    const rows = Array.from({ length: 12 }, (_, image) => ["k", "m", "r"].map((who) => `${image} ${who} 1`));
    const votes = counted(votesOf(...rows.flat()), trust({ 0: 0, 5: 1, new: 0 }));
    for (const labels of [2, 3]) {
      const one = (probabilities: Float64Array, image: string): number[] => {
        const from = votes.images.indexOf(image) * labels;
        return [...probabilities.subarray(from, from + 2)];
      };
      for (const probabilities of [dawidSkene(votes, labels), choose(votes, labels).probabilities])
        expect(["0", "5", "new"].map((image) => one(probabilities, image))).toEqual([
          [1, 0],
          [0, 1],
          [1, 0],
        ]);
    }
  });

  it.each([1, 2, 3])("give what a slow, independent reference gives (crowd %i)", (seed) => {
    const { votes } = withGold(seed);
    const ones = [...dawidSkene(votes)].filter((_, index) => index % 2 === 1);
    const reference = slowDawidSkene(votes);
    expect(ones).toHaveLength(reference.length);
    ones.forEach((probability, image) => expect(probability).toBeCloseTo(reference[image] ?? 0, 4));
  });

  it.each([[[0, 1]], [[0, 1, 1]]])(
    "leave the evidence of clusters of %j a little below the exact one",
    (clusterLabels) => {
      const { votes: some, truth } = plantedCrowd({ seed: 4, images: 8, each: 4, prevalence: 0.5, people });
      const gold = new Map(some.images.slice(0, 3).map((image, index) => [image, truth[index] ?? 0]));
      const votes = counted(some, { gold, excluded: new Set() });
      const shares = Float64Array.from(
        votes.byImage.flatMap((answers) => {
          const ones = answers.filter(({ label }) => label === 1).length / answers.length;
          return clusterLabels.map((label, cluster) => (label === 1 ? ones : 1 - ones) / (1 + cluster));
        }),
      );
      const model = confusionMatrices({ labels: 2, clusterLabels, prior: MOSTLY_RIGHT }, false);
      const packed = runAtOnce(packVotesSliced(votes, 2));
      const { elbo } = runAtOnce(variationalSliced(packed, { model, clusterLabels, shares }, 1_000));
      const { evidence } = exactPosterior(votes, clusterLabels);
      expect(elbo).toBeLessThan(evidence);
      expect(elbo).toBeGreaterThan(evidence - 2.5);
    },
  );

  it("change what is learned about people", () => {
    const rows = Array.from({ length: 30 }, (_, image) => [
      `${image} k ${image % 2}`,
      `${image} m ${1 - (image % 2)}`,
    ]);
    const gold = Object.fromEntries(Array.from({ length: 8 }, (_, image) => [image, image % 2]));
    const answers = votesOf(...rows.flat());
    const isRight = (probabilities: Float64Array): boolean[] =>
      Array.from({ length: 22 }, (_, index) => (probabilities[(index + 8) * 2 + (index % 2)] ?? 0) > 0.9);
    expect(isRight(dawidSkene(answers))).not.toContain(true);
    expect(isRight(dawidSkene(counted(answers, trust(gold))))).not.toContain(false);
  });
});

describe("the order and the names of images, people and labels", () => {
  const crowd = (labels: number) =>
    fc.record({
      answers: fc.uniqueArray(
        fc.record({ image: fc.nat(11), person: fc.nat(4), label: fc.nat(labels - 1) }),
        { selector: ({ image, person }) => `${image} ${person}`, minLength: 1, maxLength: 40 },
      ),
      gold: fc.dictionary(fc.integer({ min: 0, max: 13 }).map(String), fc.nat(labels - 1), { maxKeys: 4 }),
      excluded: fc.nat(5),
    });

  it.each([2, 3])("change nothing about a crowd with gold, exclusions and %i labels", (labels) => {
    fc.assert(
      fc.property(crowd(labels), fc.nat(), ({ answers, gold, excluded }, seed) => {
        const random = seeded(seed);
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, key: random() }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const names = (count: number): number[] =>
          shuffled(Array.from({ length: count }, (_, index) => index));
        const [image, person, label] = [names(14), names(6), names(labels)];
        const before = counted(
          votesOf(...answers.map((one) => `${one.image} ${one.person} ${one.label}`)),
          trust(gold, String(excluded)),
        );
        const renamed = Object.entries(gold).map(
          ([name, of]) => [image[Number(name)], label[of] ?? 0] as const,
        );
        const after = counted(
          votesOf(
            ...shuffled(answers).map(
              (one) => `${image[one.image]} ${person[one.person]} ${label[one.label]}`,
            ),
          ),
          trust(Object.fromEntries(shuffled(renamed)), String(person[excluded])),
        );
        expectSameChoice(
          { votes: before, chosen: choose(before, labels) },
          { votes: after, chosen: choose(after, labels) },
          { image, label },
        );
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

it("excluded people change nothing: the labels are those of the crowd without them", () => {
  const random = seeded(5);
  const rows = Array.from({ length: 60 }, (_, image) => [
    ...["k", "m", "r"].map((who) => `${image} ${who} ${random() < 0.75 ? image % 2 : 1 - (image % 2)}`),
    ...["x", "y"].map((who) => `${image} ${who} 1`),
  ]).flat();
  const only = ["new x 1", "new y 1"];
  const all = counted(votesOf(...only, ...rows), trust({ 0: 0 }, "x", "y"));
  const without = counted(votesOf(...rows.filter((row) => !/ [xy] /.test(row))), trust({ 0: 0 }));
  for (const probabilitiesOf of [dawidSkene, (votes: Votes) => choose(votes).probabilities]) {
    const [excluding, expected] = [probabilitiesOf(all), probabilitiesOf(without)];
    for (const [index, image] of without.images.entries())
      expect(excluding[all.images.indexOf(image) * 2]).toBeCloseTo(expected[index * 2] ?? 0, 5);
  }
});
