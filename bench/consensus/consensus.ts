import { seeded } from "../../src/platform/seeded.ts";
import { plantedCrowd, type Crowd } from "../../test/labeling/crowd.ts";
import type { Figure } from "../harness/figures.ts";
import { badLabelerFigures } from "./bad-labelers.ts";
import type { LabeledVotes } from "./crowds.ts";
import { modelFigures } from "./models.ts";
import { priorityRounds } from "./priority-rounds.ts";
import { publicSetFigures, readPublicSets } from "./public-sets.ts";
import { PLANTED_GOALS, REPLAY_GOALS, settlingFigures } from "./settling.ts";

/** Number of crowds in the simulation of rounds. */
const ROUND_CROWDS = 16;
/** The sensitivity and specificity of each simulated person, from 0.62 to 0.94. */
const PEOPLE = Array.from({ length: 40 }, (_, person) => {
  const skill = 0.62 + (person % 10) * 0.036;
  return [skill, 0.62 + ((person * 7) % 10) * 0.036] as const;
});

/**
 * Measures how long the consensus takes and how accurate it is, and the presses that it needs compared with five answers per image:
 * when settled images get no more answers, and when rounds show images by labeling priority. All on simulated crowds.
 * @param options.data a real data set, or a folder of such sets: see `readPublicSets`
 */
export async function consensus({ data }: { data?: string | undefined } = {}): Promise<Figure[]> {
  const sets = data === undefined ? [] : await readPublicSets(data);
  return [
    ...(await modelFigures()),
    ...(await badLabelerFigures()),
    ...(await publicSetFigures(sets)),
    ...settlingFigures("simulated", (seed) => planted(seed, 2_000, 9), PLANTED_GOALS),
    ...sets.flatMap((set) => settlingFigures(set.name, () => set, REPLAY_GOALS)),
    ...priorityRounds(
      "simulated",
      Array.from({ length: ROUND_CROWDS }, (_, index) => ({
        crowd: planted(index + 1, 400, PEOPLE.length),
        random: seeded(index + 1),
      })),
      { atLeast: 38 },
    ),
  ];
}

function planted(seed: number, images: number, each: number): LabeledVotes & Crowd {
  return { ...plantedCrowd({ seed, images, each, prevalence: 0.4, people: PEOPLE }), labels: 2 };
}
