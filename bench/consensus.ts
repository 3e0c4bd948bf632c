import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import Papa from "papaparse";
import { z } from "zod";
import { dawidSkene, SMALL_SAMPLE_PRIOR } from "../src/labeling/dawid-skene.ts";
import type { Label } from "../src/labeling/votes.ts";
import { findMajority } from "../src/labeling/votes.ts";
import { isSettled } from "../src/labeling/votes.ts";
import { collectVotes, type Vote, type Votes } from "../src/labeling/votes.ts";
import { seeded, type Random } from "../src/platform/seeded.ts";
import { plantedCrowd, type Crowd } from "../test/labeling/crowd.ts";
import { neededRounds } from "./needed-rounds.ts";
import { figureOf, type Figure } from "./report.ts";
import { likelier, shareRight, shuffled } from "./rightness.ts";

const ROUNDS = 3;
/** Crowds that take part in rounds. */
const OPINIONATED = 16;
/** As many as five or so thousand images have after a busy month. */
const ROWS = 100_000;
const EACH = 5;
/** Everybody's sensitivity and specificity, from 0.62 to 0.94. */
const PEOPLE = Array.from({ length: 40 }, (_, person) => {
  const skill = 0.62 + (person % 10) * 0.036;
  return [skill, 0.62 + ((person * 7) % 10) * 0.036] as const;
});

/**
 * Consensus: how long it takes for 100,000 answers, how often it is right, and how many presses fewer it takes when images
 * that are settled are asked about no more, and with rounds that show first what is needed, against five answers to each. On
 * crowds that are planted; on a data set of others where its folder is named, which holds `*.labels.csv` (task,worker,label) and `*.truth.csv` (task,truth).
 */
export async function consensus(folder?: string): Promise<Figure[]> {
  const seeds = Array.from({ length: ROUNDS }, (_, round) => round + 1);
  const large = seeds.map((seed) =>
    measured(plantedCrowd({ seed, images: ROWS / EACH, each: EACH, prevalence: 0.4, people: PEOPLE })),
  );
  const sparing = seeds.map((seed) =>
    spared(plantedCrowd({ seed, images: 2_000, each: 9, prevalence: 0.4, people: PEOPLE }), seeded(seed)),
  );
  const figures = [
    figureOf(
      "100,000 answers to consensus",
      large.map(({ seconds }) => seconds),
      "s",
      { atMost: 2 },
    ),
    ...rightness("planted", large),
    ...savings("planted", sparing, GOALS),
    ...neededRounds(
      "planted",
      Array.from({ length: OPINIONATED }, (_, index) => opinionated(index + 1)),
      GOALS.fewer,
    ),
  ];
  if (folder === undefined) return figures;
  const crowd = await readCrowd(folder);
  return [
    ...figures,
    ...rightness("data set", [measured(crowd)]),
    ...savings(
      "data set",
      seeds.map((seed) => spared(crowd, seeded(seed))),
    ),
    ...neededRounds(
      "data set",
      seeds.map((seed) => ({ crowd, random: seeded(seed) })),
    ),
  ];
}

/** Everybody would press a label for each image. */
function opinionated(seed: number): { crowd: Crowd; random: Random } {
  const crowd = plantedCrowd({ seed, images: 400, each: PEOPLE.length, prevalence: 0.4, people: PEOPLE });
  return { crowd, random: seeded(seed) };
}

interface Measured {
  seconds: number;
  majority: number;
  dawidSkene: number;
  withPrior: number;
}

function measured({ votes, truth }: Crowd): Measured {
  const started = performance.now();
  const again = collectedAnew(votes);
  const { probabilities } = dawidSkene(again);
  const seconds = (performance.now() - started) / 1_000;
  return {
    seconds,
    majority: shareRight(votes.byImage.map(labelOf), truth),
    dawidSkene: shareRight(probabilities.map(likelier), truth),
    withPrior: shareRight(dawidSkene(votes, SMALL_SAMPLE_PRIOR).probabilities.map(likelier), truth),
  };
}

/** As when the rows of the label file come by. */
function collectedAnew({ byImage, images, people }: Votes): Votes {
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

interface Spared {
  /** Share of the presses that five answers to each image take. */
  fewer: number;
  fixed: number;
  untilSettled: number;
}

/** Both ways take the answers of an image in the same order, and end in a majority. */
function spared({ votes, truth }: Crowd, random: () => number): Spared {
  const orders = votes.byImage.map((answers) => shuffled(answers, random));
  const fixed = orders.map((answers) => answers.slice(0, EACH));
  const adaptive = orders.map(untilSettled);
  return {
    fewer: 1 - adaptive.flat().length / fixed.flat().length,
    fixed: shareRight(fixed.map(labelOf), truth),
    untilSettled: shareRight(adaptive.map(labelOf), truth),
  };
}

function untilSettled(answers: readonly Vote[]): readonly Vote[] {
  const enough = answers.findIndex((_, index) => {
    const majority = findMajority(answers.slice(0, index + 1));
    return majority !== undefined && isSettled(majority);
  });
  return enough === -1 ? answers : answers.slice(0, enough + 1);
}

function labelOf(votes: readonly Vote[]): Label | "tie" {
  return findMajority(votes)?.label ?? "tie";
}

function rightness(where: string, rounds: readonly Measured[]): Figure[] {
  const percent = (pick: (round: Measured) => number): number[] => rounds.map((round) => pick(round) * 100);
  return [
    figureOf(
      `right, majority, ${where}`,
      percent(({ majority }) => majority),
      "%",
    ),
    figureOf(
      `right, Dawid–Skene, ${where}`,
      percent((round) => round.dawidSkene),
      "%",
    ),
    figureOf(
      `right, with a prior, ${where}`,
      percent(({ withPrior }) => withPrior),
      "%",
    ),
  ];
}

/** What is to be reached on planted crowds; those of others may be harder. */
const GOALS = { fewer: { atLeast: 38 }, right: { atLeast: 0.99 } };

function savings(where: string, rounds: readonly Spared[], goals: Partial<typeof GOALS> = {}): Figure[] {
  return [
    figureOf(
      `fewer presses until settled, ${where}`,
      rounds.map(({ fewer }) => fewer * 100),
      "%",
      goals.fewer,
    ),
    figureOf(
      `right until settled ÷ right of five, ${where}`,
      rounds.map(({ untilSettled: settled, fixed }) => settled / fixed),
      "×",
      goals.right,
    ),
  ];
}

const answer = z.object({ task: z.string(), worker: z.string(), label: z.enum(["0", "1"]) });
const truthRow = z.object({ task: z.string(), truth: z.enum(["0", "1"]) });

async function readCrowd(folder: string): Promise<Crowd> {
  const answers = z.array(answer).parse(await rowsOf(folder, ".labels.csv"));
  const truths = z.array(truthRow).parse(await rowsOf(folder, ".truth.csv"));
  const collector = collectVotes();
  answers.forEach(({ task, worker, label }, index) =>
    collector.add({ id: String(index), image: task, labeler: worker, label: label === "1" ? 1 : 0 }),
  );
  const votes = collector.votes();
  const known = new Map(truths.map(({ task, truth }) => [task, truth]));
  return { votes, truth: votes.images.map((image): Label => (known.get(image) === "1" ? 1 : 0)) };
}

async function rowsOf(folder: string, ending: string): Promise<unknown[]> {
  const name = (await readdir(folder)).find((file) => file.endsWith(ending));
  if (name === undefined) throw new Error(`${folder} has no *${ending}`);
  return Papa.parse(await readFile(join(folder, name), "utf8"), { header: true, skipEmptyLines: true }).data;
}
