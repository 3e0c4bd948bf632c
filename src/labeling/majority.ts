import type { Label } from "./question.ts";
import type { Vote } from "./votes.ts";

/** The label with the greatest value, and by how much the next one is smaller. */
interface Leader {
  /** "tie" if several labels have the greatest value. */
  label: Label | "tie";
  /** 0 for a tie. */
  lead: number;
}

/** @param values one per label, at least two */
export function findLeader(values: readonly number[]): Leader {
  let label = 0;
  let first = -Infinity;
  let second = -Infinity;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (value > first) {
      second = first;
      first = value;
      label = index;
    } else if (value > second) second = value;
  }
  return { label: first === second ? "tie" : label, lead: first - second };
}

/** The label with the most votes. Without votes it is a tie. */
export interface Majority extends Leader {
  /** Number of votes for each label. */
  votes: readonly number[];
}

/** Counts the votes on one image. @param labels number of labels of the question */
export function findMajority(votes: readonly Vote[], labels: number): Majority {
  const counts: number[] = [];
  for (let label = 0; label < labels; label += 1) counts.push(0);
  for (const { label } of votes) counts[label] = (counts[label] ?? 0) + 1;
  const { label, lead } = findLeader(counts);
  return { label, lead, votes: counts };
}
