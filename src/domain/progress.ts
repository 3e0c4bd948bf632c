import type { Consensus } from "./consensus.ts";
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
  consensus: Consensus;
  today: Date;
}

export function progressOf({ images, tally, consensus, today }: Counted): Progress {
  const set = new Set(images);
  const labelled = consensus.images.filter(({ image }) => set.has(image));
  const by = (least: number): number => labelled.filter(({ votes }) => votes[0] + votes[1] >= least).length;
  const [one, two, more] = [by(1), by(2), by(3)];
  const tied = labelled.filter(({ majority }) => majority === "tie");
  const decided = tied.filter(({ label }) => label !== "tie");
  const differ = labelled.filter(
    ({ majority, label }) => majority !== "tie" && label !== "tie" && majority !== label,
  );
  return {
    images: set.size,
    byPeople: [set.size - one, one - two, two - more, more],
    answers: tally.answers,
    people: tally.votes.people.length,
    alpha: consensus.alpha,
    reading: readingOf(consensus),
    differ: differ.length,
    tied: tied.length,
    decided: decided.length,
    days: lastDays(today).map((day) => ({
      day,
      answers: tally.perDay.get(day.toISOString().slice(0, 10)) ?? 0,
    })),
  };
}

function readingOf({ alpha, images }: Consensus): Reading {
  if (alpha === undefined) return images.some(({ votes }) => votes[0] + votes[1] > 1) ? "unanimous" : "alone";
  if (alpha >= 0.8) return "reliable";
  if (alpha >= 0.667) return "tentative";
  return alpha > 0 ? "unreliable" : "chance";
}

function lastDays(today: Date): Date[] {
  const midnight = Math.floor(today.getTime() / DAY) * DAY;
  return Array.from({ length: DAYS }, (_, index) => new Date(midnight - (DAYS - 1 - index) * DAY));
}
