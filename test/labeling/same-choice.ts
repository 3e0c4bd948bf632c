import { expect } from "vitest";
import type { ChosenModel } from "../../src/labeling/choose-model.ts";
import type { Votes } from "../../src/labeling/votes.ts";

interface Choice {
  votes: Pick<Votes, "images">;
  chosen: ChosenModel;
}

/**
 * Expects two choices of a model to differ by names alone. Images are named by numbers.
 * @param to the second name of each image, and the second number of each label
 */
export function expectSameChoice(
  before: Choice,
  after: Choice,
  to: { image: readonly number[]; label: readonly number[] },
): void {
  const [first, second] = [before.chosen, after.chosen];
  const labels = to.label.length;
  expect(second.chosen.model).toBe(first.chosen.model);
  expect(second.chosen.evidence).toBeCloseTo(first.chosen.evidence, 6);
  for (const [index, name] of before.votes.images.entries()) {
    const renamed = after.votes.images.indexOf(String(to.image[Number(name)]));
    for (let of = 0; of < labels; of += 1)
      expect(second.probabilities[renamed * labels + (to.label[of] ?? 0)]).toBeCloseTo(
        first.probabilities[index * labels + of] ?? 0,
        5,
      );
  }
}
