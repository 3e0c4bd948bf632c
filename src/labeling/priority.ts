import type { ImageStatus, ImageStatusOf } from "./image-status.ts";

/** Of the images that are undecided, this share counts as equally uncertain: rounds asked at the same time differ then. */
const LEAST_CERTAIN = 1 / 4;
/** One round. */
const AT_LEAST = 4;

interface Candidate extends ImageStatus {
  image: string;
}

/**
 * The candidates with those first that need answers most: images that nobody has answered; then those that are not settled
 * and that the asker has not answered; then those that only others can help with, for a round is for everyone; and settled
 * ones last. Of those that are not settled the quarter that is least certain comes first. All else is left in the order of
 * the candidates, which is another for each round, so that rounds asked at the same moment hardly ever show the same images.
 */
export function prioritize(candidates: readonly string[], statusOf: ImageStatusOf): string[] {
  const all = candidates.map((image): Candidate => ({ image, ...statusOf(image) }));
  const open = all.filter(({ answers, settled }) => answers > 0 && !settled);
  return [
    ...all.filter(({ answers }) => answers === 0),
    ...leastCertainFirst(open.filter(({ byAsker }) => !byAsker)),
    ...leastCertainFirst(open.filter(({ byAsker }) => byAsker)),
    ...all.filter(({ settled }) => settled),
  ].map(({ image }) => image);
}

/** The least certain quarter in the given order; then the rest, the less certain the sooner. */
function leastCertainFirst(open: readonly Candidate[]): Candidate[] {
  const sorted = open.toSorted((a, b) => certaintyOf(a) - certaintyOf(b));
  const count = Math.max(Math.ceil(open.length * LEAST_CERTAIN), AT_LEAST);
  const first = new Set(sorted.slice(0, count));
  return [...open.filter((candidate) => first.has(candidate)), ...sorted.slice(count)];
}

/** From 0, where both are as likely, to 0.5. */
function certaintyOf({ probability }: Candidate): number {
  return Math.abs(probability - 0.5);
}
