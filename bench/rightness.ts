import type { Label } from "../src/labeling/votes.ts";
import type { Random } from "../src/platform/seeded.ts";

export const likelier = (probability: number): Label => (probability > 0.5 ? 1 : 0);

/** A tie is right every other time. */
export function shareRight(labels: readonly (Label | "tie")[], truth: readonly Label[]): number {
  const right = labels.reduce<number>(
    (sum, label, image) => sum + (label === "tie" ? 0.5 : Number(label === truth[image])),
    0,
  );
  return right / labels.length;
}

export function shuffled<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
