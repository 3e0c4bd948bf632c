import { expect, it } from "vitest";
import { chooseModelSliced } from "../../src/labeling/choose-model.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { countedVotesSliced } from "../../src/labeling/trust.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { votesOf } from "./crowd.ts";

const [LABELS, IMAGES, PEOPLE, CARELESS] = [4, 1_000, 20, 6];

/** Most people are right with 62 to 94 %; six of twenty always press 1. */
function crowd(seed: number) {
  const random = seeded(seed);
  const rows = Array.from({ length: IMAGES * 5 }, (_, row) => {
    const image = Math.floor(row / 5);
    const person = (image * 7 + (row % 5) * 3) % PEOPLE;
    const isRight = random() < 0.62 + (person % 10) * 0.036;
    const honest = isRight ? image % LABELS : Math.floor(random() * LABELS);
    return `${image} p${person} ${person < CARELESS ? 1 : honest}`;
  });
  const gold = new Map(
    Array.from({ length: IMAGES / 20 }, (_, index) => [`${index * 21}`, (index * 21) % LABELS]),
  );
  return { answers: votesOf(...rows), gold };
}

it.each([2, 3])(
  "people who always press the same of four labels cost at most a point with gold (crowd %i)",
  (seed) => {
    const { answers, gold } = crowd(seed);
    const careless = new Set(Array.from({ length: CARELESS }, (_, person) => `p${person}`));
    const [all, without] = [new Set<string>(), careless].map((excluded) => {
      const votes = runAtOnce(countedVotesSliced(answers, { gold, excluded }));
      const model = runAtOnce(chooseModelSliced(runAtOnce(packVotesSliced(votes, LABELS)), () => {}));
      const right = votes.images.filter((image, index) => {
        const shares = [...model.probabilities.subarray(index * LABELS, (index + 1) * LABELS)];
        return shares.indexOf(Math.max(...shares)) === Number(image) % LABELS;
      });
      return { model: model.chosen.model, accuracy: (100 * right.length) / votes.images.length };
    });
    expect(all?.model).toBe("one-coin");
    expect(all?.accuracy).toBeGreaterThan((without?.accuracy ?? 100) - 1);
  },
);
