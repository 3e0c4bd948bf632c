import type { Vote } from "../../src/labeling/votes.ts";
import { findMajority, isSettled } from "../../src/labeling/votes.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { accuracy, majorityLabels, shuffle } from "./accuracy.ts";
import type { LabeledVotes } from "./crowds.ts";

const SEEDS = [1, 2, 3];
const ANSWERS_PER_IMAGE = 5;

/** Goals for simulated crowds; real ones may be harder. */
export const SETTLING_GOALS = { saved: { atLeast: 38 }, accuracy: { atLeast: 0.99 } };

/** Compares the presses and the majorities of settling with those of five answers per image, on the same order of answers. */
export function settlingFigures(
  crowd: string,
  plant: (seed: number) => LabeledVotes,
  goals: Partial<typeof SETTLING_GOALS> = {},
): Figure[] {
  const rounds = SEEDS.map((seed) => measureSettling(plant(seed), seed));
  return [
    medianFigure(
      `presses saved by settling, ${crowd}`,
      rounds.map(({ saved }) => saved * 100),
      "%",
      goals.saved,
    ),
    medianFigure(
      `accuracy with settling ÷ with five answers, ${crowd}`,
      rounds.map(({ settledAccuracy, fixedAccuracy }) => settledAccuracy / fixedAccuracy),
      "×",
      goals.accuracy,
    ),
  ];
}

function measureSettling({ votes, truth, labels }: LabeledVotes, seed: number) {
  const random = seeded(seed);
  const orders = votes.byImage.map((answers) => shuffle(answers, random));
  const fixed = orders.map((answers) => answers.slice(0, ANSWERS_PER_IMAGE));
  const adaptive = orders.map((answers) => untilSettled(answers, labels));
  return {
    saved: 1 - adaptive.flat().length / fixed.flat().length,
    fixedAccuracy: accuracy(majorityLabels({ byImage: fixed }, labels), truth),
    settledAccuracy: accuracy(majorityLabels({ byImage: adaptive }, labels), truth),
  };
}

/** Takes answers until the image is settled. */
function untilSettled(answers: readonly Vote[], labels: number): readonly Vote[] {
  const last = answers.findIndex((_, index) => {
    const given = answers.slice(0, index + 1);
    return isSettled(findMajority(given, labels), given.length);
  });
  return last === -1 ? answers : answers.slice(0, last + 1);
}
