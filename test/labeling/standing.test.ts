import { expect, it } from "vitest";
import { fitSliced } from "../../src/labeling/method.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { remainingAnswersSliced } from "../../src/labeling/remaining-answers.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { standingOf } from "../../src/labeling/standing.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { plantedCrowd, votesOf, type Crowd } from "./crowd.ts";

/** @param rows "image person label" */
function isSettled(image: string, rows: string[], settleAt = 0.9): boolean {
  const votes = votesOf(...rows);
  const score = runAtOnce(fitSliced(votes, HOTDOG_QUESTION)).scorer(votes);
  const index = votes.images.indexOf(image);
  const unsure = votes.unsure.get(index)?.length ?? 0;
  return standingOf({ votes: votes.byImage[index] ?? [], unsure }, score, settleAt).settled;
}

/** Images of both labels on which these people agree. */
function agreed(people: string[], images = 40): string[] {
  return Array.from({ length: images }, (_, image) =>
    people.map((person) => `known${image} ${person} ${image % 2}`),
  ).flat();
}

it("an image is settled when two people agree and the label is as sure as the project wants", () => {
  const rows = [...agreed(["k", "m"]), "a k 1", "a m 1"];
  expect(isSettled("a", rows)).toBe(true);
  expect(isSettled("a", rows, 0.9999)).toBe(false);
  expect(isSettled("a", [...rows, "a r 0", "a q 0"], 0.99)).toBe(false);
});

it("nobody settles an image alone, however reliable they seem to be", () => {
  const known = agreed(["k", "m", "r"], 400);
  expect(isSettled("a", [...known, "a k 1"], 0.8)).toBe(false);
  // Somebody who is mostly wrong agrees, which makes the label less sure. It rests on one person.
  const contrary = Array.from({ length: 400 }, (_, image) => `known${image} w ${1 - (image % 2)}`);
  expect(isSettled("a", [...known, ...contrary, "a k 1", "a w 1"], 0.8)).toBe(false);
  expect(isSettled("a", [...known, ...contrary, "a k 1", "a w 1", "a m 1"], 0.8)).toBe(true);
});

it("two equal answers of five possible ones are less sure than they are likely", () => {
  const score = (labels: readonly string[]) => {
    const votes = votesOf("a k 1", "a m 1");
    return runAtOnce(fitSliced(votes, { labels })).scorer(votes)(votes.byImage[0] ?? []);
  };
  const ofTwo = score(HOTDOG_QUESTION.labels);
  expect(ofTwo.sureness()).toBeCloseTo(ofTwo.probabilities[1] ?? 0, 12);
  const ofFive = score(["a", "b", "c", "d", "e"]);
  expect(1 - ofFive.sureness()).toBeGreaterThan(3 * (1 - (ofFive.probabilities[1] ?? 0)));
});

it("seven answers settle an image in any case", () => {
  const six = Array.from({ length: 6 }, (_, person) => `a p${person} unsure`);
  expect([isSettled("a", six), isSettled("a", [...six, "a k 1"])]).toEqual([false, true]);
});

it("the range of the answers that remain contains what it takes, and is not much wider", () => {
  const people = Array.from(
    { length: 20 },
    (_, person) => [0.7 + person * 0.01, 0.9 - person * 0.01] as const,
  );
  const covered = [1, 2, 3, 4, 5, 6].map((seed) => {
    const crowd = plantedCrowd({ seed, images: 400, each: 9, prevalence: 0.4, people });
    const { low, high } = remainingAfterOne(crowd);
    const needed = answersNeeded(crowd);
    expect(high / low).toBeLessThan(1.5);
    return needed >= low * 0.95 && needed <= high * 1.05;
  });
  expect(covered.filter(Boolean).length).toBeGreaterThanOrEqual(5);
});

const question = { ...HOTDOG_QUESTION, settleAt: 0.9 };

/** The range after half of the images have three answers. */
function remainingAfterOne({ votes }: Crowd) {
  const byImage = votes.byImage.map((given, image) => (image % 2 === 0 ? given.slice(0, 3) : []));
  const known = { ...votes, byImage };
  const fit = runAtOnce(fitSliced(known, question));
  const score = fit.scorer(known);
  const open = [...byImage.keys()].filter(
    (image) => image % 2 === 0 && !standingOf({ votes: byImage[image] ?? [], unsure: 0 }, score, 0.9).settled,
  );
  return runAtOnce(
    remainingAnswersSliced({
      votes: known,
      fit,
      question,
      open,
      untouched: byImage.length / 2,
      random: seeded(1),
    }),
  );
}

/** The answers that are given until every image is settled, with the skills that all answers show. */
function answersNeeded({ votes }: Crowd): number {
  const score = runAtOnce(fitSliced(votes, question)).scorer(votes);
  return votes.byImage.reduce((sum, given, image) => {
    let count = image % 2 === 0 ? 3 : 0;
    const before = count;
    while (!standingOf({ votes: given.slice(0, count), unsure: 0 }, score, 0.9).settled) count += 1;
    return sum + count - before;
  }, 0);
}
