import { expect, it } from "vitest";
import { chooseModelSliced } from "../../src/labeling/choose-model.ts";
import { computeConsensusSliced, type Consensus } from "../../src/labeling/consensus.ts";
import { fitSliced } from "../../src/labeling/method.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { HOTDOG_QUESTION, type Question } from "../../src/labeling/question.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { NOTHING_KNOWN } from "../../src/labeling/trust.ts";
import { votesOf } from "./crowd.ts";

const HOTDOG = { ...HOTDOG_QUESTION, settleAt: 0.9 };
const CATS = { labels: ["cat", "dog", "neither"], settleAt: 0.9 };

function consensusOn(question: Pick<Question, "labels" | "settleAt">, ...rows: string[]): Consensus {
  const votes = votesOf(...rows);
  const packed = runAtOnce(packVotesSliced(votes, question.labels.length));
  const model = runAtOnce(chooseModelSliced(packed, () => {}));
  const score = runAtOnce(fitSliced(votes, question)).scorer(votes);
  const input = { answers: votes, votes, trust: NOTHING_KNOWN, question };
  return runAtOnce(computeConsensusSliced(input, { ...model, score }));
}

it("the consensus has each image's votes, both labels and whether it is settled", () => {
  const rows = ["b k 0", "b m 0", "a k 1", "a m 0", "c k 1", "c m 1", "c r 1", "d r 1"];
  const { images, people, alpha } = consensusOn(HOTDOG, ...rows);
  expect(images).toMatchObject([
    { image: "a", votes: [1, 1], majority: "tie", settled: false },
    { image: "b", votes: [2, 0], majority: 0, label: 0, settled: true },
    { image: "c", votes: [0, 3], majority: 1, label: 1, settled: true },
    { image: "d", votes: [0, 1], majority: 1, label: 1, settled: false },
  ]);
  expect(people.map(({ labeler, images: answered }) => [labeler, answered])).toEqual([
    ["k", 3],
    ["m", 3],
    ["r", 2],
  ]);
  // Krippendorff 2011, C: coincidences 3 zeros and 4 ones among 7 pairable values, observed disagreement 2.
  expect(alpha).toBeCloseTo(1 - (6 * 2) / (2 * 3 * 4), 10);
});

it("more than two labels are right by their probability", () => {
  const rows = ["a k 2", "a m 2", "b k 0", "b m 2", "b r 1", "c k 0", "c m 0", "c r 1", "d r 1"];
  const { images, people } = consensusOn(CATS, ...rows);
  expect(images).toMatchObject([
    { image: "a", votes: [0, 0, 2], label: 2, majority: 2 },
    { image: "b", votes: [1, 1, 1], majority: "tie", settled: false },
    { image: "c", votes: [2, 1, 0], label: 0, majority: 0 },
    // Twice before, r has said 1 about an image of 0.
    { image: "d", votes: [0, 1, 0], label: 0, majority: 1, settled: false },
  ]);
  for (const { probabilities } of images)
    expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 5);
  expect(people.at(-1)).toMatchObject({ labeler: "r", images: 3 });
});

it("the reliability of people counts an image by the probability of its label, and says on how many answers it rests", () => {
  const rows = Array.from({ length: 30 }, (_, image) => {
    const truth = image % 2;
    const right = ["k", "m", "r"].map((person) => `i${image} ${person} ${truth}`);
    return [...right, `i${image} w ${image < 10 ? 1 - truth : truth}`];
  });
  const { people } = consensusOn(HOTDOG, ...rows.flat(), "only new 1");
  const of = (name: string) => people.find(({ labeler }) => labeler === name)?.reliability ?? [];
  const [other, hotDog] = of("w");
  // 15 images of each label, 5 of them wrong; four right answers and one wrong one are assumed.
  expect(hotDog?.answers).toBeCloseTo(15, 1);
  expect(hotDog?.share).toBeCloseTo(14 / 20, 2);
  expect(other?.share).toBeCloseTo(14 / 20, 2);
  const [, unknown] = of("new");
  expect(unknown?.answers).toBeLessThan(1);
  for (const { low, share, high } of people.flatMap(({ reliability }) => reliability)) {
    expect(low).toBeLessThan(share);
    expect(high).toBeGreaterThan(share);
  }
  const width = ({ low = 0, high = 0 } = {}): number => high - low;
  expect(width(unknown)).toBeGreaterThan(width(hotDog));
});

it.each([HOTDOG, CATS])("people who are not sure answer, but do not vote: %j", (question) => {
  const rows = ["a k 1", "a m unsure", "b k unsure", "b m unsure", "c m 0", "c m unsure"];
  const { images, people, alpha } = consensusOn(question, ...rows);
  const none = question.labels.map(() => 0);
  expect(images).toMatchObject([
    { image: "a", votes: none.with(1, 1), unsure: 1, label: 1 },
    { image: "b", votes: none, unsure: 2, label: "tie", majority: "tie", settled: false },
    { image: "c", votes: none, unsure: 1, label: "tie", majority: "tie", settled: false },
  ]);
  expect(people.map(({ images: answered, unsure }) => [answered, unsure])).toEqual([
    [2, 1],
    [3, 3],
  ]);
  expect(alpha).toBeUndefined();
});

it("an image about which seven people are not sure is settled, because more answers would not help", () => {
  const rows = Array.from({ length: 7 }, (_, person) => `a p${person} unsure`);
  expect(consensusOn(CATS, ...rows.slice(1)).images).toMatchObject([{ settled: false }]);
  expect(consensusOn(CATS, ...rows).images).toMatchObject([{ settled: true, label: "tie" }]);
});
