import { fitSliced, type Fit } from "../../src/labeling/method.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { DEFAULT_SETTLE_AT, SETTLE_THRESHOLDS } from "../../src/labeling/settle-thresholds.ts";
import { standingOf } from "../../src/labeling/standing.ts";
import { findLeader } from "../../src/labeling/majority.ts";
import { type Vote, type Votes } from "../../src/labeling/votes.ts";
import { seeded, type Random } from "../../src/platform/seeded.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { accuracy, shuffle } from "./accuracy.ts";
import type { LabeledVotes } from "./crowds.ts";

/** Random orders in which the answers come. */
const ORDERS = [1, 2, 3, 4, 5];
const ANSWERS_PER_IMAGE = 5;
/** People are weighed again after as many answers as this share of the images. */
const WEIGHING_INTERVAL = 0.1;

/** Goals at a threshold: presses saved in percent, and points of accuracy above five answers for each image. */
type Goals = Partial<Record<number, { saved?: number; gained?: number }>>;

/** At 0.85, the accuracy of five answers is just reached. */
export const PLANTED_GOALS: Goals = { 0.85: { saved: 38, gained: -0.3 }, 0.95: { saved: 20, gained: 0 } };
export const REPLAY_GOALS: Goals = { [DEFAULT_SETTLE_AT]: { gained: 0 } };

/**
 * Asks people until every image is settled, and compares the presses and the accuracy with five answers for each image. Images with
 * the fewest answers come first, and people are weighed as answers come.
 * @param plant the crowd for a seed, or always the same one, whose answers come in the order of the seed
 */
export function settlingFigures(
  crowd: string,
  plant: (seed: number) => LabeledVotes,
  goals: Goals,
): Figure[] {
  const replays = ORDERS.map((seed) => replayOf(plant(seed), seed));
  const fixed = replays.map(({ five }) => five);
  return [
    medianFigure(
      `accuracy of five answers, ${crowd}`,
      fixed.map(({ percent }) => percent),
      "%",
    ),
    ...SETTLE_THRESHOLDS.flatMap((settleAt) => {
      const settled = replays.map(({ until }) => until(settleAt));
      const { saved, gained } = goals[settleAt] ?? {};
      const suffix = `settled at ${settleAt}, ${crowd}`;
      return [
        medianFigure(
          `presses per image, ${suffix}`,
          settled.map(({ presses }) => presses),
          "",
        ),
        medianFigure(
          `presses saved, ${suffix}`,
          settled.map(({ presses }, index) => (1 - presses / (fixed[index]?.presses ?? 1)) * 100),
          "%",
          saved === undefined ? {} : { atLeast: saved },
        ),
        medianFigure(
          `accuracy, ${suffix}`,
          settled.map(({ percent }) => percent),
          "%",
        ),
        medianFigure(
          `accuracy above five answers, ${suffix}`,
          settled.map(({ percent }, index) => percent - (fixed[index]?.percent ?? 0)),
          "points",
          gained === undefined ? {} : { atLeast: gained },
        ),
      ];
    }),
  ];
}

interface Outcome {
  /** Answers per image. */
  presses: number;
  /** The share of right labels. */
  percent: number;
}

function replayOf(
  crowd: LabeledVotes,
  seed: number,
): { five: Outcome; until: (settleAt: number) => Outcome } {
  const random = seeded(seed);
  const queues = crowd.votes.byImage.map((answers) => shuffle(answers, random));
  const five = queues.map((answers) => answers.slice(0, ANSWERS_PER_IMAGE));
  return {
    five: outcomeOf(five, crowd),
    until: (settleAt) =>
      outcomeOf(answersUntilSettled(queues, { crowd, settleAt, random: seeded(seed) }), crowd),
  };
}

function outcomeOf(byImage: readonly (readonly Vote[])[], { votes, truth, labels }: LabeledVotes): Outcome {
  const score = fitOf({ ...votes, byImage }, labels).scorer(votes);
  const likeliest = byImage.map((given) => findLeader(score(given).probabilities).label);
  return { presses: byImage.flat().length / byImage.length, percent: accuracy(likeliest, truth) * 100 };
}

function fitOf(votes: Votes, labels: number): Fit {
  return runAtOnce(fitSliced(votes, { labels: Array.from({ length: labels }, String) }));
}

/** Takes answers from the queues until all images are settled, or their queues are empty. */
function answersUntilSettled(
  queues: readonly (readonly Vote[])[],
  { crowd, settleAt, random }: { crowd: LabeledVotes; settleAt: number; random: Random },
): Vote[][] {
  const given = queues.map((): Vote[] => []);
  const batch = Math.max(Math.ceil(queues.length * WEIGHING_INTERVAL), 1);
  for (;;) {
    const score = fitOf({ ...crowd.votes, byImage: given }, crowd.labels).scorer(crowd.votes);
    const open = [...given.keys()].filter((image) => {
      const votes = given[image] ?? [];
      return (
        votes.length < (queues[image]?.length ?? 0) &&
        !standingOf({ votes, unsure: 0 }, score, settleAt).settled
      );
    });
    if (open.length === 0) return given;
    const fewestFirst = shuffle(open, random).toSorted(
      (a, b) => (given[a]?.length ?? 0) - (given[b]?.length ?? 0),
    );
    for (const image of fewestFirst.slice(0, batch)) {
      const next = queues[image]?.[given[image]?.length ?? 0];
      if (next !== undefined) given[image]?.push(next);
    }
  }
}
