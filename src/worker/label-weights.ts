import { setImmediate } from "node:timers/promises";
import { dawidSkeneSteps, newcomer, THIN_DATA, type Skill, type Weights } from "../domain/dawid-skene.ts";
import type { Votes } from "../domain/votes.ts";
import type { Log } from "../log.ts";
import { resting } from "./resting.ts";

/** What was found out about people, by pseudonym, whichever votes they come with next. */
interface Known {
  from: Votes;
  skills: ReadonlyMap<string, Skill>;
  prevalence: number;
}

interface Options {
  /** Milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * By how much to believe each person of the votes. Finding it out takes a second and more for a million answers, and changes
 * little from one minute to the next: so only the first to ask wait for it, others are told what was found out last, and
 * somebody who is new since then is believed as anybody is who has answered nothing.
 */
export function labelWeights({ now, log }: Options): (votes: Votes) => Promise<Weights> {
  let latest: Votes = { images: [], people: [], of: [] };
  let known: Known | undefined;
  const weighLatest = resting(async () => {
    if (known?.from !== latest) known = await weigh(latest);
  }, now);

  return async (votes) => {
    latest = votes;
    const weighing = weighLatest().catch((error: unknown) => {
      log.error({ err: error }, "the answers could not be weighed");
    });
    if (known === undefined) await weighing;
    const skillOf = (labeler: string): Skill => known?.skills.get(labeler) ?? newcomer(THIN_DATA);
    return { skills: votes.people.map(skillOf), prevalence: known?.prevalence ?? 0.5 };
  };
}

/** Others wait for the same thread: they pass after each iteration. */
async function weigh(from: Votes): Promise<Known> {
  let weights: Weights = { skills: [], prevalence: 0.5 };
  for (weights of dawidSkeneSteps(from, THIN_DATA)) await setImmediate();
  const skills = new Map<string, Skill>();
  weights.skills.forEach((skill, person) => skills.set(from.people[person] ?? "", skill));
  return { from, skills, prevalence: weights.prevalence };
}
