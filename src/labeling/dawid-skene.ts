import { betterPrior, confusionVotes, MOSTLY_RIGHT, ownLabels, type Prior } from "./confusion.ts";
import { blendCarelessSliced } from "./careless.ts";
import { countSliced, expectationSliced, voteSharesSliced, type Mixture } from "./mixture.ts";
import type { PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";

/** The estimate has converged when no probability of an image changes by more than this in one iteration. */
const TOLERANCE = 1e-6;
/** For more than two labels, which converge more slowly. */
const TOLERANCE_OF_SEVERAL = 1e-4;
const MAX_ITERATIONS = 500;
/** Iterations in which the prior of more than two labels is fitted. It moves slowly, and its last digits matter to no label. */
const PRIOR_ITERATIONS = 30;

export interface Estimate extends Mixture {
  /** What is assumed about people. It is fitted to the votes if there are more than two labels. */
  prior: Prior;
  /** The probability of each label for each image, at `image * labels + label`. */
  probabilities: Float64Array;
  iterations: number;
  /** False if MAX_ITERATIONS was reached. */
  converged: boolean;
}

/**
 * Estimates by Dawid–Skene how likely each label is for each image and how people answer the images of each label, all together by
 * expectation–maximization. It starts from each image's share of votes and stops when no probability changes by more than 1e-6 (for more than two
 * labels 1e-4), or after 500 iterations. It is deterministic. Of the solutions with exchanged labels it finds the one in which most answers are
 * right, because it starts near that one. The labels of gold images are given, and people may then turn out
 * to be careless: see `blendCarelessSliced`. A million answers take a second or two.
 * @see A. P. Dawid and A. M. Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied
 * Statistics 28 (1979), https://doi.org/10.2307/2346806
 * @see V. C. Raykar et al., Learning From Crowds, Journal of Machine Learning Research 11 (2010), for priors
 */
export function* dawidSkeneSliced(packed: PackedVotes): Sliced<Estimate> {
  const { labels, knownImages, unknownImages } = packed;
  const clusterLabels = Array.from({ length: labels }, (_, label) => label);
  const hasGold = knownImages.some((count) => count > 0);
  const probabilities = yield* voteSharesSliced(packed);
  let counts = yield* countSliced(packed, probabilities, labels);
  let prior = MOSTLY_RIGHT;
  const tolerance = labels > 2 ? TOLERANCE_OF_SEVERAL : TOLERANCE;
  for (let iterations = 1; ; iterations += 1) {
    if (labels > 2 && iterations <= PRIOR_ITERATIONS)
      prior = betterPrior(counts.votes, ownLabels(labels, prior));
    yield;
    const mixture = {
      // One more image of each label (Laplace smoothing), so that no label is impossible. Gold images are chosen by hand, so their
      // labels do not say how frequent labels are.
      weights: counts.images.map(
        (count, label) => (count - (knownImages[label] ?? 0) + 1) / (unknownImages + labels),
      ),
      clusterLabels,
      votes: confusionVotes(counts.votes, ownLabels(labels, prior)),
    };
    if (hasGold) yield* blendCarelessSliced(mixture.votes, counts.votes, ownLabels(labels, prior));
    yield;
    const update = yield* expectationSliced(packed, mixture, probabilities);
    ({ counts } = update);
    const converged = update.maxChange <= tolerance;
    if (converged || iterations === MAX_ITERATIONS)
      return { ...mixture, prior, probabilities, iterations, converged };
  }
}
