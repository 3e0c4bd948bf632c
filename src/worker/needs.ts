import { standings, type StandingOf } from "../domain/standing.ts";
import type { Log } from "../log.ts";
import { withDeadline } from "../store/deadline.ts";
import type { LabelTally } from "../store/label-tally.ts";
import { labelWeights } from "./label-weights.ts";
import { resting } from "./resting.ts";

/** Milliseconds that a round waits; the first reading of a million rows takes longer. */
const LONGEST_WAIT = 2_000;

export interface Needs {
  /**
   * How images stand for the person with this pseudonym; undefined, with a warning, when that is not known within 2 seconds.
   * What one round did not wait for is there for a later one.
   */
  of(labeler: string): Promise<StandingOf | undefined>;
}

interface Options {
  tally: LabelTally;
  /** Milliseconds. */
  now: () => number;
  log: Log;
}

/** What the answers so far say of each image: those of now or, where there are very many, of some seconds ago. */
export function labelNeeds({ tally, now, log }: Options): Needs {
  const weightsOf = labelWeights({ now, log });
  const current = resting(async () => {
    const { votes } = await tally.read();
    return standings(votes, await weightsOf(votes));
  }, now);

  return {
    async of(labeler) {
      try {
        const known = await withDeadline(LONGEST_WAIT, current);
        return known(labeler);
      } catch (error) {
        log.warn({ err: error }, "not known in time which images need answers; the round is a random one");
        return undefined;
      }
    },
  };
}
