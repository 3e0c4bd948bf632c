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

/** The Dawid–Skene estimate from the labels, with a prior for few answers per image. Make one per process. */
export interface LabelEstimate {
  /** Estimates from this tally, once for all callers, in slices: a million votes take a second or two of the thread. */
  of(tally: Tally): Promise<Estimate>;
  /** The skills of these votes' people by the last estimate, from any tally. Unknown people get the skill of the prior. */
  latest(votes: Votes): SkillModel;
}

export function labelEstimate(): LabelEstimate {
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
    of(tally) {
      const estimate = estimates.get(tally) ?? compute(tally);
      estimates.set(tally, estimate);
      return estimate;
    },

    latest: (votes) => ({
      skills: votes.people.map((labeler) => skills.get(labeler) ?? priorSkill(SMALL_SAMPLE_PRIOR)),
      prevalence,
    }),
  };
}
