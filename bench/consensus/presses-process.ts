/** Simulates how many presses labels take, in a separate process beside the other simulations. Nothing here is timed. */
import { seeded } from "../../src/platform/seeded.ts";
import { plantedCrowd, type Crowd } from "../../test/labeling/crowd.ts";
import type { LabeledVotes } from "./crowds.ts";
import { priorityRounds } from "./priority-rounds.ts";
import { PLANTED_GOALS, settlingFigures } from "./settling.ts";

/** Number of crowds in the simulation of rounds. */
const ROUND_CROWDS = 16;
/** The sensitivity and specificity of each simulated person, from 0.62 to 0.94. */
const PEOPLE = Array.from({ length: 40 }, (_, person) => {
  const skill = 0.62 + (person % 10) * 0.036;
  return [skill, 0.62 + ((person * 7) % 10) * 0.036] as const;
});

function planted(seed: number, images: number, each: number): LabeledVotes & Crowd {
  return { ...plantedCrowd({ seed, images, each, prevalence: 0.4, people: PEOPLE }), labels: 2 };
}

process.send?.({
  settling: settlingFigures("simulated", (seed) => planted(seed, 2_000, 9), PLANTED_GOALS),
  priority: priorityRounds(
    "simulated",
    Array.from({ length: ROUND_CROWDS }, (_, index) => ({
      crowd: planted(index + 1, 400, PEOPLE.length),
      random: seeded(index + 1),
    })),
    { atLeast: 38 },
  ),
});
