import { imageStatusesSliced, type ImageStatusOf, type ImageStatusFor } from "../labeling/priority.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { Log } from "../platform/log.ts";
import { withDeadline } from "../platform/deadline.ts";
import type { LabelTally } from "../project/label-tally.ts";
import type { LabelEstimate } from "./label-estimate.ts";
import { asyncCache } from "../platform/async-cache.ts";

/** Reading takes at most a tenth of the time, and estimating another tenth. */
const LIFETIME = { times: 9, max: 10_000 };
/** Milliseconds that a round waits; the first reading of a million rows takes longer. */
const LONGEST_WAIT = 2_000;

export interface Needs {
  /**
   * How images stand for the person with this pseudonym. What is not read within 2 seconds nobody else waits for either: until
   * it is, and when it cannot be, they stand as they did when they were read last; undefined when they never were.
   */
  of(labeler: string): Promise<ImageStatusOf | undefined>;
}

interface Options {
  tally: LabelTally;
  estimate: LabelEstimate;
  /** Milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * What the answers so far say of each image: those of now or, where there are very many, of some seconds ago. By how much
 * each person is believed changes little from one minute to the next, so no round waits for that: it takes the last estimate.
 */
export function labelPriority({ tally, estimate, now, log }: Options): Needs {
  const readings = asyncCache<ImageStatusFor>({ lifetime: LIFETIME, now });
  const estimates = asyncCache<unknown>({ lifetime: LIFETIME, now });
  let known: ImageStatusFor | undefined;
  /** The reading that somebody has waited for in vain. */
  let slow: Promise<ImageStatusFor> | undefined;

  async function read(): Promise<ImageStatusFor> {
    const current = await tally.read();
    known = await runInSlices(imageStatusesSliced(current.votes, estimate.latest(current.votes)));
    estimates
      .load("all", () => estimate.of(current))
      .catch((error: unknown) => {
        log.error({ err: error }, "the answers could not be weighed");
      });
    return known;
  }

  function goesBy(): string {
    return known === undefined ? "the round is a random one" : "the round goes by what was known before";
  }

  return {
    async of(labeler) {
      const reading = readings.load("all", read);
      if (reading === slow) {
        if (known === undefined) log.info(`the answers are still being read; ${goesBy()}`);
        return known?.(labeler);
      }
      try {
        const found = await withDeadline(LONGEST_WAIT, () => reading);
        return found(labeler);
      } catch (error) {
        slow = reading;
        log.warn({ err: error }, `not known in time which images need answers; ${goesBy()}`);
        return known?.(labeler);
      }
    },
  };
}
