import { imageStatusesSliced, type ImageStatusOf, type ImageStatusFor } from "../labeling/priority.ts";
import type { Question } from "../labeling/question.ts";
import { asyncCache } from "../platform/async-cache.ts";
import { withDeadline } from "../platform/deadline.ts";
import type { Log } from "../platform/log.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { LabelTally } from "../project/label-tally.ts";
import type { TrustReader } from "../project/trust-reader.ts";
import type { LabelEstimator } from "./label-estimate.ts";

/** Reading the labels takes at most a tenth of the time, and estimating another tenth. */
const LIFETIME = { times: 9, max: 10_000 };
/** How long a round waits for the labels. The first read of a million rows takes longer. */
const READ_DEADLINE_MS = 2_000;

export interface LabelPriority {
  /**
   * Returns the image statuses as seen by the person with this pseudonym, or undefined if the labels were never read. If a read takes
   * longer than 2 seconds, this call and all others get the statuses of the last read until it ends.
   */
  statusesFor(labeler: string): Promise<ImageStatusOf | undefined>;
}

interface Options {
  question: Pick<Question, "settleAt">;
  tally: Pick<LabelTally, "read">;
  trust: Pick<TrustReader, "read">;
  estimate: LabelEstimator;
  /** Milliseconds, from any origin. */
  now: () => number;
  log: Log;
}

/**
 * Computes image statuses from the current labels; if there are very many, from those of some seconds ago. Rounds never wait
 * for an estimate of people's skills, which change little from minute to minute: they use the last one.
 */
export function labelPriority({ question, tally, trust, estimate, now, log }: Options): LabelPriority {
  const reads = asyncCache<ImageStatusFor>({ lifetime: LIFETIME, now });
  const estimates = asyncCache<unknown>({ lifetime: LIFETIME, now });
  let lastRead: ImageStatusFor | undefined;
  /** A read that has missed its deadline: nobody waits for it again. */
  let slowRead: Promise<ImageStatusFor> | undefined;

  async function read(): Promise<ImageStatusFor> {
    const [{ votes }, known] = await Promise.all([tally.read({ allowErased: true }), trust.read()]);
    const counted = await estimate.counted(votes, known);
    const score = estimate.latestScorer(counted);
    lastRead = await runInSlices(imageStatusesSliced(counted, { score, settleAt: question.settleAt }, votes));
    estimates
      .load("all", () => estimate.estimate(counted))
      .catch((error: unknown) => {
        log.error({ err: error }, "people's skills could not be estimated; the last estimate stays in use");
      });
    return lastRead;
  }

  const describeFallback = (): string =>
    lastRead === undefined ? "the round is a random one" : "the round goes by what was known before";

  return {
    async statusesFor(labeler) {
      const reading = reads.load("all", read);
      if (reading === slowRead) {
        if (lastRead === undefined) log.info(`the answers are still being read; ${describeFallback()}`);
        return lastRead?.(labeler);
      }
      try {
        const statuses = await withDeadline(READ_DEADLINE_MS, () => reading);
        return statuses(labeler);
      } catch (error) {
        slowRead = reading;
        log.warn({ err: error }, `the answers could not be read in time; ${describeFallback()}`);
        return lastRead?.(labeler);
      }
    },
  };
}
