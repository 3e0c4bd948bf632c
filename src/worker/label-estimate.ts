import {
  dawidSkeneSliced,
  priorSkill,
  SMALL_SAMPLE_PRIOR,
  type Estimate,
  type Skill,
  type SkillModel,
} from "../labeling/dawid-skene.ts";
import type { Votes } from "../labeling/votes.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { Tally } from "../project/label-tally.ts";

/** Makes Dawid–Skene estimates from the labels, with a prior for few answers per image. Make one per process. */
export interface LabelEstimator {
  /** Estimates once per tally. Yields to other work in between, because a million votes take 1 to 2 s. */
  estimate(tally: Tally): Promise<Estimate>;
  /** Returns each person's skill in the most recent estimate, of whichever tally. Unknown people get the skill of the prior. */
  latestSkills(votes: Votes): SkillModel;
}

export function labelEstimator(): LabelEstimator {
  const estimates = new WeakMap<Tally, Promise<Estimate>>();
  let skills: ReadonlyMap<string, Skill> = new Map();
  let prevalence = 0.5;

  async function compute({ votes }: Tally): Promise<Estimate> {
    const estimate = await runInSlices(dawidSkeneSliced(votes, SMALL_SAMPLE_PRIOR));
    skills = new Map(estimate.skills.map((skill, person) => [votes.people[person] ?? "", skill]));
    ({ prevalence } = estimate);
    return estimate;
  }

  return {
    estimate(tally) {
      const estimate = estimates.get(tally) ?? compute(tally);
      estimates.set(tally, estimate);
      return estimate;
    },

    latestSkills: (votes) => ({
      skills: votes.people.map((labeler) => skills.get(labeler) ?? priorSkill(SMALL_SAMPLE_PRIOR)),
      prevalence,
    }),
  };
}
