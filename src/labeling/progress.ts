import { consensusByImage } from "./consensus.ts";
import type { Estimate } from "./dawid-skene.ts";
import { agreementOn } from "./krippendorff.ts";
import { allAtOnce, type Sliced } from "./sliced.ts";
import type { Votes } from "./votes.ts";

/** Days in the picture, today included. */
export const DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/**
 * What an alpha is good for: "reliable" from 0.8 on, "tentative" from 0.667 on, else "unreliable", "chance" from 0 downwards.
 * Where there is none: "alone" as long as nobody has answered what another has, else "unanimous".
 * @see K. Krippendorff, Content Analysis (2nd edition, 2004), page 241, for the two bounds
 */
type Reading = "reliable" | "tentative" | "unreliable" | "chance" | "alone" | "unanimous";

/** How far the labelling of an image set has come. */
export interface Progress {
  /** In the set; how many of them by so many people: none, one, two, and three or more. */
  images: number;
  byPeople: readonly [none: number, one: number, two: number, more: number];
  /** All that were given, also to images that are no longer in the set. */
  answers: number;
  people: number;
  /** Krippendorff's. */
  alpha: number | undefined;
  reading: Reading;
  /** Images of the set on which the two methods name different labels. */
  differ: number;
  /** Images of the set with as many votes for either label; on how many of them Dawid–Skene names one. */
  tied: number;
  decided: number;
  /** The last 30 in UTC, to today; days without answers are zeros. */
  days: readonly { day: Date; answers: number }[];
}

interface Counted {
  /** Names of those in the set. */
  images: readonly string[];
  tally: { votes: Votes; answers: number; perDay: ReadonlyMap<string, number> };
  /** From the votes of the tally. */
  estimate: Pick<Estimate, "probabilities">;
  today: Date;
}

export function progressOf(counted: Counted): Progress {
  return allAtOnce(progressSteps(counted));
}

/** The same in steps: with 200,000 images it takes a tenth of a second. */
export function* progressSteps({ images, tally, estimate, today }: Counted): Sliced<Progress> {
  const set = yield* setOf(images);
  const { labelled, differ, tied, decided, ...agreement } = yield* compared(set, tally.votes, estimate);
  const [one, two, more] = labelled;
  return {
    images: set.size,
    byPeople: [set.size - one - two - more, one, two, more],
    answers: tally.answers,
    people: tally.votes.people.length,
    ...agreement,
    differ,
    tied,
    decided,
    days: lastDays(today).map((day) => ({
      day,
      answers: tally.perDay.get(day.toISOString().slice(0, 10)) ?? 0,
    })),
  };
}

/** Images to a step. */
const PIECE = 1_000;

function* setOf(images: readonly string[]): Sliced<Set<string>> {
  const set = new Set<string>();
  for (const [index, image] of images.entries()) {
    set.add(image);
    if (index % PIECE === 0) yield;
  }
  return set;
}

type Compared = Pick<Progress, "alpha" | "reading" | "differ" | "tied" | "decided"> & {
  /** Images of the set with answers by one person, two, and three or more. */
  labelled: [one: number, two: number, more: number];
};

/** Agreement is that on all images; the rest is of those in the set. */
function* compared(set: ReadonlySet<string>, votes: Votes, estimate: Counted["estimate"]): Sliced<Compared> {
  const agreement = agreementOn();
  const found = { labelled: [0, 0, 0] as Compared["labelled"], differ: 0, tied: 0, decided: 0 };
  let shared = false;
  let index = 0;
  for (const { image, votes: counts, majority, label } of consensusByImage(votes, estimate)) {
    const people = counts[0] + counts[1];
    agreement.add(counts);
    shared ||= people > 1;
    if (set.has(image)) {
      found.labelled[people === 1 ? 0 : people === 2 ? 1 : 2] += 1;
      if (majority === "tie") found.tied += 1;
      if (majority === "tie" && label !== "tie") found.decided += 1;
      if (majority !== "tie" && label !== "tie" && majority !== label) found.differ += 1;
    }
    index += 1;
    if (index % PIECE === 0) yield;
  }
  const alpha = agreement.alpha();
  return { ...found, alpha, reading: readingOf(alpha, shared) };
}

/** @param shared whether two people have answered the same image */
function readingOf(alpha: number | undefined, shared: boolean): Reading {
  if (alpha === undefined) return shared ? "unanimous" : "alone";
  if (alpha >= 0.8) return "reliable";
  if (alpha >= 0.667) return "tentative";
  return alpha > 0 ? "unreliable" : "chance";
}

function lastDays(today: Date): Date[] {
  const midnight = Math.floor(today.getTime() / DAY) * DAY;
  return Array.from({ length: DAYS }, (_, index) => new Date(midnight - (DAYS - 1 - index) * DAY));
}
