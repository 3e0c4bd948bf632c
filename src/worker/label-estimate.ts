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

export interface LabelEstimate {
  /** From the votes of this tally, made once for all who ask: it takes a second or two of the thread, in pieces, at a million. */
  of(tally: Tally): Promise<Estimate>;
  /**
   * By how much to believe each person of these votes, by the estimate that was made last, from whichever votes. Who was not
   * among them is believed as anybody is who has answered nothing.
   */
  latest(votes: Votes): SkillModel;
}

/** What the tally's votes say of people and images, by Dawid–Skene with a prior for thin data. Make one in a process. */
export function labelEstimate(): LabelEstimate {
  const made = new WeakMap<Tally, Promise<Estimate>>();
  let skills: ReadonlyMap<string, Skill> = new Map();
  let prevalence = 0.5;

  async function make({ votes }: Tally): Promise<Estimate> {
    const estimate = await runInSlices(dawidSkeneSliced(votes, SMALL_SAMPLE_PRIOR));
    skills = new Map(estimate.skills.map((skill, person) => [votes.people[person] ?? "", skill]));
    ({ prevalence } = estimate);
    return estimate;
  }

  return {
    of(tally) {
      const estimate = made.get(tally) ?? make(tally);
      made.set(tally, estimate);
      return estimate;
    },

    latest: (votes) => ({
      skills: votes.people.map((labeler) => skills.get(labeler) ?? priorSkill(SMALL_SAMPLE_PRIOR)),
      prevalence,
    }),
  };
}
