import { runAtOnce } from "../labeling/sliced.ts";
import { fitSliced, type Fit, type Scorer } from "../labeling/method.ts";
import type { Question } from "../labeling/question.ts";
import { countedVotesSliced, type Trust } from "../labeling/trust.ts";
import { collectVotes, type LastAnswers, type Votes } from "../labeling/votes.ts";
import { runInSlices } from "../platform/run-in-slices.ts";

/** Combines the answers of a project's people. Make one per project and process. */
export interface LabelEstimator {
  /** Returns the answers that count. The same answers and trust give the same object. */
  counted(votes: LastAnswers, trust: Trust): Promise<LastAnswers>;
  /** Fits once per object. Yields to other work in between, because a million votes take 1 to 2 s. @param counted answers that count */
  estimate(counted: Votes): Promise<Fit>;
  /** Returns a function that scores these votes with what the most recent fit, of whichever answers, says about people. */
  latestScorer(votes: Votes): Scorer;
}

export function labelEstimator(question: Pick<Question, "labels">): LabelEstimator {
  const counts = new WeakMap<LastAnswers, { trust: Trust; counted: Promise<LastAnswers> }>();
  const fits = new WeakMap<Votes, Promise<Fit>>();
  let { scorer } = runAtOnce(fitSliced(collectVotes().votes(), question));

  async function compute(votes: Votes): Promise<Fit> {
    const fit = await runInSlices(fitSliced(votes, question));
    ({ scorer } = fit);
    return fit;
  }

  return {
    counted(votes, trust) {
      const before = counts.get(votes);
      if (before?.trust === trust) return before.counted;
      const counted = runInSlices(countedVotesSliced(votes, trust));
      counts.set(votes, { trust, counted });
      return counted;
    },

    estimate(counted) {
      const fit = fits.get(counted) ?? compute(counted);
      fits.set(counted, fit);
      return fit;
    },

    latestScorer: (votes) => scorer(votes),
  };
}
