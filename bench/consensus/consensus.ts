import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import Papa from "papaparse";
import { z } from "zod";
import { dawidSkene, SMALL_SAMPLE_PRIOR } from "../../src/labeling/dawid-skene.ts";
import { collectVotes, findMajority, isSettled, type Vote, type Votes } from "../../src/labeling/votes.ts";
import type { Label } from "../../src/labeling/question.ts";
import { seeded, type Random } from "../../src/platform/seeded.ts";
import { plantedCrowd, type Crowd } from "../../test/labeling/crowd.ts";
import { priorityRounds } from "./priority-rounds.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { accuracy, likelierLabel, shuffle } from "./accuracy.ts";

/** Number of labels. */
const LABELS = 2;
const ROUNDS = 3;
/** Number of crowds in the simulation of rounds. */
const ROUND_CROWDS = 16;
const ANSWERS = 100_000;
const ANSWERS_PER_IMAGE = 5;
/** The sensitivity and specificity of each simulated person, from 0.62 to 0.94. */
const PEOPLE = Array.from({ length: 40 }, (_, person) => {
  const skill = 0.62 + (person % 10) * 0.036;
  return [skill, 0.62 + ((person * 7) % 10) * 0.036] as const;
});

/**
 * Measures how long the consensus of 100,000 answers takes and how accurate it is. Compares the presses it needs with five answers per
 * image: when settled images get no more answers, and when rounds show images by labeling priority. All on simulated crowds.
 * @param dataFolder a real data set to repeat it on: `*.labels.csv` (task,worker,label) and `*.truth.csv` (task,truth)
 */
export async function consensus(dataFolder?: string): Promise<Figure[]> {
  const seeds = Array.from({ length: ROUNDS }, (_, round) => round + 1);
  const timed = seeds.map((seed) =>
    measureConsensus(
      plantedCrowd({
        seed,
        images: ANSWERS / ANSWERS_PER_IMAGE,
        each: ANSWERS_PER_IMAGE,
        prevalence: 0.4,
        people: PEOPLE,
      }),
    ),
  );
  const settling = seeds.map((seed) =>
    measureSettling(
      plantedCrowd({ seed, images: 2_000, each: 9, prevalence: 0.4, people: PEOPLE }),
      seeded(seed),
    ),
  );
  const figures = [
    medianFigure(
      "consensus of 100,000 answers",
      timed.map(({ seconds }) => seconds),
      "s",
      { atMost: 2 },
    ),
    ...accuracyFigures("simulated", timed),
    ...settlingFigures("simulated", settling, GOALS),
    ...priorityRounds(
      "simulated",
      Array.from({ length: ROUND_CROWDS }, (_, index) => fullCrowd(index + 1)),
      GOALS.saved,
    ),
  ];
  if (dataFolder === undefined) return figures;
  const crowd = await readCrowd(dataFolder);
  return [
    ...figures,
    ...accuracyFigures("data set", [measureConsensus(crowd)]),
    ...settlingFigures(
      "data set",
      seeds.map((seed) => measureSettling(crowd, seeded(seed))),
    ),
    ...priorityRounds(
      "data set",
      seeds.map((seed) => ({ crowd, random: seeded(seed) })),
    ),
  ];
}

/** Simulates a crowd in which everyone has a label for every image. */
function fullCrowd(seed: number): { crowd: Crowd; random: Random } {
  const crowd = plantedCrowd({ seed, images: 400, each: PEOPLE.length, prevalence: 0.4, people: PEOPLE });
  return { crowd, random: seeded(seed) };
}

interface ConsensusResult {
  seconds: number;
  /** Accuracies from 0 to 1. */
  majority: number;
  dawidSkene: number;
  withPrior: number;
}

function measureConsensus({ votes, truth }: Crowd): ConsensusResult {
  const started = performance.now();
  const collected = collectAgain(votes);
  const { probabilities } = dawidSkene(collected);
  const seconds = (performance.now() - started) / 1_000;
  return {
    seconds,
    majority: accuracy(votes.byImage.map(labelOf), truth),
    dawidSkene: accuracy(probabilities.map(likelierLabel), truth),
    withPrior: accuracy(dawidSkene(votes, SMALL_SAMPLE_PRIOR).probabilities.map(likelierLabel), truth),
  };
}

/** Collects the votes row by row, as when reading the label file. */
function collectAgain({ byImage, images, people }: Votes): Votes {
  const collector = collectVotes();
  let id = 0;
  byImage.forEach((votes, image) => {
    for (const { person, label } of votes) {
      id += 1;
      collector.add({ id: String(id), image: images[image] ?? "", labeler: people[person] ?? "", label });
    }
  });
  return collector.votes();
}

interface SettlingResult {
  /** The share of presses saved, compared with five answers per image. */
  saved: number;
  /** The accuracy with five answers per image. */
  fixedAccuracy: number;
  /** The accuracy if images get answers until they are settled. */
  settledAccuracy: number;
}

/** Compares both strategies on the same order of answers, with majorities as labels. */
function measureSettling({ votes, truth }: Crowd, random: () => number): SettlingResult {
  const orders = votes.byImage.map((answers) => shuffle(answers, random));
  const fixed = orders.map((answers) => answers.slice(0, ANSWERS_PER_IMAGE));
  const adaptive = orders.map(untilSettled);
  return {
    saved: 1 - adaptive.flat().length / fixed.flat().length,
    fixedAccuracy: accuracy(fixed.map(labelOf), truth),
    settledAccuracy: accuracy(adaptive.map(labelOf), truth),
  };
}

/** Takes answers until the image is settled. */
function untilSettled(answers: readonly Vote[]): readonly Vote[] {
  const last = answers.findIndex((_, index) => {
    const given = answers.slice(0, index + 1);
    return isSettled(findMajority(given, LABELS), given.length);
  });
  return last === -1 ? answers : answers.slice(0, last + 1);
}

function labelOf(votes: readonly Vote[]): Label | "tie" {
  return findMajority(votes, LABELS).label;
}

function accuracyFigures(crowd: string, rounds: readonly ConsensusResult[]): Figure[] {
  const percent = (pick: (round: ConsensusResult) => number): number[] =>
    rounds.map((round) => pick(round) * 100);
  return [
    medianFigure(
      `accuracy, majority, ${crowd}`,
      percent(({ majority }) => majority),
      "%",
    ),
    medianFigure(
      `accuracy, Dawid–Skene, ${crowd}`,
      percent((round) => round.dawidSkene),
      "%",
    ),
    medianFigure(
      `accuracy, Dawid–Skene with prior, ${crowd}`,
      percent(({ withPrior }) => withPrior),
      "%",
    ),
  ];
}

/** Goals for simulated crowds; real ones may be harder. */
const GOALS = { saved: { atLeast: 38 }, accuracy: { atLeast: 0.99 } };

function settlingFigures(
  crowd: string,
  rounds: readonly SettlingResult[],
  goals: Partial<typeof GOALS> = {},
): Figure[] {
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

const answerRow = z.object({ task: z.string(), worker: z.string(), label: z.enum(["0", "1"]) });
const truthRow = z.object({ task: z.string(), truth: z.enum(["0", "1"]) });

async function readCrowd(folder: string): Promise<Crowd> {
  const answers = z.array(answerRow).parse(await readRows(folder, ".labels.csv"));
  const truths = z.array(truthRow).parse(await readRows(folder, ".truth.csv"));
  const collector = collectVotes();
  answers.forEach(({ task, worker, label }, index) =>
    collector.add({ id: String(index), image: task, labeler: worker, label: label === "1" ? 1 : 0 }),
  );
  const votes = collector.votes();
  const truthOf = new Map(truths.map(({ task, truth }) => [task, truth]));
  return { votes, truth: votes.images.map((image): Label => (truthOf.get(image) === "1" ? 1 : 0)) };
}

async function readRows(folder: string, ending: string): Promise<unknown[]> {
  const name = (await readdir(folder)).find((file) => file.endsWith(ending));
  if (name === undefined) throw new Error(`there is no *${ending} in ${folder}`);
  return Papa.parse(await readFile(join(folder, name), "utf8"), { header: true, skipEmptyLines: true }).data;
}
