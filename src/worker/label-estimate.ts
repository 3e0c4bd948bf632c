import { runAtOnce } from "../labeling/sliced.ts";
import { fitSliced, type Fit, type Scorer } from "../labeling/method.ts";
import type { Question } from "../labeling/question.ts";
import { collectVotes, type Votes } from "../labeling/votes.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { Tally } from "../project/label-tally.ts";

/** Combines the answers of a project's people. Make one per project and process. */
export interface LabelEstimator {
  /** Fits once per tally. Yields to other work in between, because a million votes take 1 to 2 s. */
  estimate(tally: Tally): Promise<Fit>;
  /** Returns a function that scores these votes with what the most recent fit, of whichever tally, says about people. */
  latestScorer(votes: Votes): Scorer;
}

export function labelEstimator(question: Pick<Question, "labels">): LabelEstimator {
  const fits = new WeakMap<Tally, Promise<Fit>>();
  let { scorer } = runAtOnce(fitSliced(collectVotes().votes(), question));

  async function compute({ votes }: Tally): Promise<Fit> {
    const fit = await runInSlices(fitSliced(votes, question));
    ({ scorer } = fit);
    return fit;
  }

  return {
    estimate(tally) {
      const fit = fits.get(tally) ?? compute(tally);
      fits.set(tally, fit);
      return fit;
    },

    latestScorer: (votes) => scorer(votes),
  };
}
