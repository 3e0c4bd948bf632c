import type { Scorer } from "./method.ts";
import type { Label } from "./question.ts";
import { findLeader } from "./majority.ts";
import { type Vote, type Votes } from "./votes.ts";

/** Number of people who must have chosen the label of a settled image. */
const MIN_AGREEING = 2;
/**
 * An image with this many answers is settled in any case: it is disputed, or nobody can tell, and more answers would not help.
 */
const MAX_ANSWERS = 7;

/** How far the labeling of one image has come. */
export interface Standing {
  /** The likeliest label, or "tie". */
  label: Label | "tie";
  /** How much likelier the likeliest label is than the next one, from 0 to 1. */
  margin: number;
  /** Whether the image needs no more answers. */
  settled: boolean;
  /** Whether it is settled because its label is sure, not only because it has many answers. */
  sure: boolean;
}

/** The answers to one image. */
interface ImageAnswers {
  votes: readonly Vote[];
  /** Number of people who are not sure. */
  unsure: number;
}

/** Returns the standing of the image with this index. A gold image has its known label, and is settled. */
export function imageStanding(
  image: number,
  { byImage, unsure, gold }: Pick<Votes, "byImage" | "unsure" | "gold">,
  { score, settleAt }: { score: Scorer; settleAt: number },
): Standing {
  const known = gold.get(image);
  if (known !== undefined) return { label: known, margin: 1, settled: true, sure: true };
  return standingOf({ votes: byImage[image] ?? [], unsure: unsure.get(image)?.length ?? 0 }, score, settleAt);
}

/**
 * Returns the standing of an image without a known label. It is settled when its label has the probability `settleAt` against any
 * other (see `sureness`), at least two people have chosen it, and it would still be the likeliest label without the answer of any one of them; or after 7 answers. However good a
 * person seems to be, nobody settles an image alone.
 */
export function standingOf({ votes, unsure }: ImageAnswers, score: Scorer, settleAt: number): Standing {
  const { probabilities, restsOnOne, sureness } = score(votes);
  const { label, lead } = findLeader(probabilities);
  const agreeing = votes.reduce((count, vote) => count + Number(vote.label === label), 0);
  // The checks that take longest come last.
  const sure = label !== "tie" && agreeing >= MIN_AGREEING && sureness() >= settleAt && !restsOnOne();
  return { label, margin: lead, settled: sure || votes.length + unsure >= MAX_ANSWERS, sure };
}
