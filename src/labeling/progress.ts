import { collectAgreement } from "./agreement.ts";
import { consensusByImage } from "./consensus.ts";
import type { Sliced } from "./sliced.ts";
import type { Fit } from "./method.ts";
import type { Question } from "./question.ts";
import type { Votes } from "./votes.ts";

/** Number of days that the report covers, today included. */
export const PROGRESS_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The interpretation of alpha: "reliable" from 0.8, "tentative" from 0.667, "unreliable" above 0, otherwise "chance". Without an
 * alpha: "alone" if no two people have voted on the same image, otherwise "unanimous".
 * @see K. Krippendorff, Content Analysis (2nd edition, 2004), page 241, for the two bounds
 */
type Reading = "reliable" | "tentative" | "unreliable" | "chance" | "alone" | "unanimous";

/** How far the labeling of an image set has come. */
export interface Progress {
  /** Number of images in the set. */
  images: number;
  /** How many images of the set were answered by no one, one person, two people, and three or more people. */
  byPeople: readonly [none: number, one: number, two: number, more: number];
  /** All answers, including those to images that are no longer in the set. */
  answers: number;
  /** How many of these answers are that a person is not sure. */
  unsure: number;
  people: number;
  /** Krippendorff's alpha, or undefined if it cannot be computed. */
  alpha: number | undefined;
  reading: Reading;
  /** Images of the set for which the majority and Dawid–Skene choose different labels. */
  differ: number;
  /** Images of the set on which no label has the most votes. */
  tied: number;
  /** Tied images for which Dawid–Skene chooses a label. */
  decided: number;
  /** The last 30 days in UTC, up to today; days without answers have 0. */
  days: readonly { day: Date; answers: number }[];
}

interface ProgressInput {
  /** Names of the images in the set. */
  images: readonly string[];
  /** The votes, the number of all answers, and the answers per day (`YYYY-MM-DD`). */
  tally: { votes: Votes; answers: number; unsure: number; perDay: ReadonlyMap<string, number> };
  /** What was learned from the tally's votes. */
  fit: Pick<Fit, "probabilities">;
  question: Pick<Question, "labels">;
  today: Date;
}

/** Computes the progress: 0.1 s for 200,000 images. */
export function* computeProgressSliced(input: ProgressInput): Sliced<Progress> {
  const { tally, today } = input;
  const set = yield* uniqueImages(input.images);
  const { labeled, ...comparison } = yield* compareMethods(set, input);
  return {
    images: set.size,
    byPeople: [set.size - labeled[0] - labeled[1] - labeled[2], ...labeled],
    answers: tally.answers,
    unsure: tally.unsure,
    people: tally.votes.people.length,
    ...comparison,
    days: lastDays(today).map((day) => ({
      day,
      answers: tally.perDay.get(day.toISOString().slice(0, 10)) ?? 0,
    })),
  };
}

/** Number of images per slice of work. */
const SLICE = 1_000;

function* uniqueImages(images: readonly string[]): Sliced<Set<string>> {
  const set = new Set<string>();
  for (const [index, image] of images.entries()) {
    set.add(image);
    if (index % SLICE === 0) yield;
  }
  return set;
}

type Comparison = Pick<Progress, "alpha" | "reading" | "differ" | "tied" | "decided"> & {
  /** How many images of the set were answered by one person, two people, and three or more people. */
  labeled: [one: number, two: number, more: number];
};

/** Compares the majority with Dawid–Skene. Alpha covers all images, the counts only those of the set. */
function* compareMethods(
  set: ReadonlySet<string>,
  { tally, fit, question }: ProgressInput,
): Sliced<Comparison> {
  const agreement = collectAgreement();
  const counts = { labeled: [0, 0, 0] as Comparison["labeled"], differ: 0, tied: 0, decided: 0 };
  let anyShared = false;
  let index = 0;
  for (const { image, votes, voters, unsure, majority, label } of consensusByImage(
    tally.votes,
    fit,
    question,
  )) {
    const people = voters + unsure;
    agreement.add(votes);
    anyShared ||= voters > 1;
    if (set.has(image)) {
      counts.labeled[people === 1 ? 0 : people === 2 ? 1 : 2] += 1;
      if (majority === "tie") counts.tied += 1;
      if (majority === "tie" && label !== "tie") counts.decided += 1;
      if (majority !== "tie" && label !== "tie" && majority !== label) counts.differ += 1;
    }
    index += 1;
    if (index % SLICE === 0) yield;
  }
  const alpha = agreement.alpha();
  return { ...counts, alpha, reading: interpretAlpha(alpha, anyShared) };
}

/** @param anyShared whether two people have voted on any image */
function interpretAlpha(alpha: number | undefined, anyShared: boolean): Reading {
  if (alpha === undefined) return anyShared ? "unanimous" : "alone";
  if (alpha >= 0.8) return "reliable";
  if (alpha >= 0.667) return "tentative";
  return alpha > 0 ? "unreliable" : "chance";
}

/** The midnights in UTC that start each of the last 30 days. */
function lastDays(today: Date): Date[] {
  const midnight = Math.floor(today.getTime() / DAY_MS) * DAY_MS;
  return Array.from(
    { length: PROGRESS_DAYS },
    (_, index) => new Date(midnight - (PROGRESS_DAYS - 1 - index) * DAY_MS),
  );
}
