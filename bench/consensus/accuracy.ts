import type { Label } from "../../src/labeling/question.ts";
import { findLeader, findMajority } from "../../src/labeling/majority.ts";
import { type Votes } from "../../src/labeling/votes.ts";
import type { Random } from "../../src/platform/seeded.ts";

/** The share of right labels, of the images whose label is known. A tie counts as half right, as a coin would be. */
export function accuracy(labels: readonly (Label | "tie")[], truth: readonly (Label | undefined)[]): number {
  const known = labels.filter((_, image) => truth[image] !== undefined);
  const right = labels.reduce<number>(
    (sum, label, image) =>
      sum + (truth[image] === undefined ? 0 : label === "tie" ? 0.5 : Number(label === truth[image])),
    0,
  );
  return right / known.length;
}

/** The likeliest label of each image. @param probabilities at `image * labels + label` */
export function likeliestLabels(probabilities: Float64Array, labels: number): (Label | "tie")[] {
  return Array.from(
    { length: probabilities.length / labels },
    (_, image) => findLeader([...probabilities.subarray(image * labels, (image + 1) * labels)]).label,
  );
}

export function majorityLabels({ byImage }: Pick<Votes, "byImage">, labels: number): (Label | "tie")[] {
  return byImage.map((votes) => findMajority(votes, labels).label);
}

export function shuffle<T>(values: readonly T[], random: Random): T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
