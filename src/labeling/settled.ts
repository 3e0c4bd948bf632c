import type { Majority } from "./majority.ts";

/** Votes that one label is ahead of the other by; another few would hardly turn it. */
const LEAD = 2;
/** Votes after which an image is disputed rather than undecided. */
const ENOUGH = 7;

/** Whether an image needs no more votes: it has a lead of 2, or 7 of them. */
export function isSettled({ votes }: Pick<Majority, "votes">): boolean {
  return Math.abs(votes[1] - votes[0]) >= LEAD || votes[0] + votes[1] >= ENOUGH;
}
