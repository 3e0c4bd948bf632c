import type { Label } from "../../src/labeling/question.ts";
import type { Random } from "../../src/platform/seeded.ts";

export const likelierLabel = (probability: number): Label => (probability > 0.5 ? 1 : 0);

/** The share of right labels. A tie counts as half right, as a coin would be. */
export function accuracy(labels: readonly (Label | "tie")[], truth: readonly Label[]): number {
  const right = labels.reduce<number>(
    (sum, label, image) => sum + (label === "tie" ? 0.5 : Number(label === truth[image])),
    0,
  );
  return right / labels.length;
}

export function shuffle<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
