import { expect, it } from "vitest";
import { computeConsensus, type Consensus } from "../../src/labeling/consensus.ts";
import { runAtOnce } from "../../src/labeling/dawid-skene.ts";
import { fitSliced } from "../../src/labeling/method.ts";
import { HOTDOG_QUESTION, type Question } from "../../src/labeling/question.ts";
import { votesOf } from "./crowd.ts";

const CATS: Pick<Question, "labels"> = { labels: ["cat", "dog", "neither"] };

function consensusOn(question: Pick<Question, "labels">, ...rows: string[]): Consensus {
  const votes = votesOf(...rows);
  return computeConsensus(votes, runAtOnce(fitSliced(votes, question)), question);
}

it("the consensus has each image's votes, both labels and whether it is settled", () => {
  const rows = ["b k 0", "b m 0", "a k 1", "a m 0", "c k 1", "c m 1", "c r 1", "d r 1"];
  const { images, people, alpha } = consensusOn(HOTDOG_QUESTION, ...rows);
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

it("more than two labels are settled by the most votes, with a lead of two over the next label", () => {
  const rows = ["a k 2", "a m 2", "b k 0", "b m 2", "b r 1", "c k 0", "c m 0", "c r 1", "d r 1"];
  const { images, people, method } = consensusOn(CATS, ...rows);
  expect(method).toBe("plurality");
  expect(images).toMatchObject([
    { image: "a", votes: [0, 0, 2], label: 2, majority: 2, settled: true, probabilities: [0.2, 0.2, 0.6] },
    { image: "b", votes: [1, 1, 1], label: "tie", majority: "tie", settled: false },
    { image: "c", votes: [2, 1, 0], label: 0, majority: 0, settled: false },
    { image: "d", votes: [0, 1, 0], label: 1, majority: 1, settled: false },
  ]);
  // r voted for the label of d, and not for that of c; four right answers and one wrong one are assumed.
  expect(people.at(-1)).toMatchObject({ labeler: "r", images: 3, accuracies: [4 / 6, 5 / 6, 4 / 5] });
});

it.each([HOTDOG_QUESTION, CATS])("people who are not sure answer, but do not vote: %j", (question) => {
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
