import type { Label } from "./label.ts";
import type { Vote } from "./votes.ts";

export interface Majority {
  /** "tie" where there are as many of both. */
  label: Label | "tie";
  votes: Readonly<Record<Label, number>>;
}

/** What most say of one image; undefined where nobody has said anything. */
export function majorityOf(votes: readonly Vote[]): Majority | undefined {
  if (votes.length === 0) return undefined;
  const ones = votes.filter(({ label }) => label === 1).length;
  const zeros = votes.length - ones;
  return { label: ones === zeros ? "tie" : ones > zeros ? 1 : 0, votes: { 0: zeros, 1: ones } };
}
