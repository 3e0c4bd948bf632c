import { chooseModel } from "../../src/export/choose-model.ts";
import { dawidSkeneSliced } from "../../src/labeling/dawid-skene.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import { countedVotesSliced, NOTHING_KNOWN, type Trust } from "../../src/labeling/trust.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { accuracy, likeliestLabels, shuffle } from "./accuracy.ts";
import { BAD_HABITS, badCrowd, type BadHabit } from "./crowds.ts";

const SEEDS = [1, 2, 3];
const IMAGES = 2_000;
const GOLD_SHARE = 0.05;
/** Points of accuracy that bad labelers may cost. Without gold, nothing is promised about those who always press the opposite. */
const MAX_LOSS = { gold: 1, none: 3 };

/** Measures how many points of accuracy 30 % bad labelers cost, compared with the same crowd after their exclusion. */
export async function badLabelerFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const habit of BAD_HABITS)
    for (const gold of ["gold", "none"] as const) {
      const losses: Accuracies[] = [];
      for (const seed of SEEDS) losses.push(await lossesOf(seed, habit, gold));
      const goal = gold === "none" && habit === "always the opposite" ? {} : { atMost: MAX_LOSS[gold] };
      const suffix = `${habit}, ${gold === "gold" ? "5 % gold" : "no gold"}`;
      for (const model of ["live", "export"] as const)
        figures.push(
          medianFigure(
            `cost of 30 % who press ${suffix}, ${model}`,
            losses.map((loss) => loss[model]),
            "points",
            goal,
          ),
        );
    }
  return figures;
}

/** In percent, or points of these. */
type Accuracies = Record<"live" | "export", number>;

async function lossesOf(seed: number, habit: BadHabit, goldShare: "gold" | "none"): Promise<Accuracies> {
  const { votes, truth, bad } = badCrowd(seed, IMAGES, habit);
  const chosen = shuffle([...votes.images.keys()], seeded(seed)).slice(0, IMAGES * GOLD_SHARE);
  const gold =
    goldShare === "gold"
      ? new Map(chosen.map((image) => [votes.images[image] ?? "", truth[image] ?? 0]))
      : NOTHING_KNOWN.gold;
  // Gold images are right in any case.
  const asked = truth.map((label, image) => (gold.has(votes.images[image] ?? "") ? undefined : label));
  const percent = (probabilities: Float64Array): number =>
    accuracy(likeliestLabels(probabilities, 2), asked) * 100;
  async function accuraciesOf(trust: Trust): Promise<Accuracies> {
    const packed = runAtOnce(packVotesSliced(runAtOnce(countedVotesSliced(votes, trust)), 2));
    return {
      live: percent(runAtOnce(dawidSkeneSliced(packed)).probabilities),
      export: percent((await chooseModel(packed, () => {})).probabilities),
    };
  }
  const all = await accuraciesOf({ gold, excluded: NOTHING_KNOWN.excluded });
  const without = await accuraciesOf({ gold, excluded: bad });
  return { live: without.live - all.live, export: without.export - all.export };
}
