import { digamma, logGamma } from "./gamma.ts";

/**
 * What is assumed about everybody before their first answer: pseudo-counts of answers to the images of each label. Everybody is
 * assumed to be mostly right until their answers say otherwise. Without this, people with few answers are trusted too much or
 * too little, and nothing says which group of images has which label.
 */
export interface Prior {
  right: number;
  /** For all wrong labels together. */
  wrong: number;
}

export const MOSTLY_RIGHT: Prior = { right: 4, wrong: 1 };

/** How people's votes depend on the cluster of an image: a row of probabilities for each person and cluster, one for each label. */
export interface Confusion {
  /** Number of labels. */
  labels: number;
  /** The label of each cluster. */
  clusterLabels: readonly number[];
  prior: Prior;
}

/** One cluster for each label. */
export function ownLabels(labels: number, prior: Prior): Confusion {
  return { labels, clusterLabels: Array.from({ length: labels }, (_, label) => label), prior };
}

/**
 * The probability of each vote in each cluster, indexed as the counts are.
 * @param counts expected votes, at `(person * labels + label) * clusters + cluster`
 * @param mean how a count with its pseudo-count enters: as it is for the arithmetic mean, by `geometric` for the geometric mean
 */
export function confusionVotes(
  counts: Float64Array,
  confusion: Confusion,
  mean: (count: number) => number = arithmetic,
): Float64Array {
  const { right, wrong } = confusion.prior;
  const totals = rowTotals(counts, confusion).map((count) => mean(count + right + wrong));
  // Most cells of many labels are empty.
  const [emptyRight, emptyWrong] = [mean(right), mean(wrong / (confusion.labels - 1))];
  const votes = new Float64Array(counts.length);
  forEachCell(counts, confusion, (cell, row, pseudoCount, isRight) => {
    const count = counts[cell] ?? 0;
    const empty = isRight ? emptyRight : emptyWrong;
    votes[cell] = (count > 0 ? mean(count + pseudoCount) : empty) / (totals[row] ?? 1);
  });
  return votes;
}

function arithmetic(count: number): number {
  return count;
}

/** The geometric mean of a gamma distribution with this shape: what variational Bayes takes for a count. */
export function geometric(count: number): number {
  return Math.exp(digamma(count));
}

/** The log probability of the expected votes, with people's rows integrated out. */
export function confusionEvidence(counts: Float64Array, confusion: Confusion): number {
  const { right, wrong } = confusion.prior;
  let evidence = 0;
  for (const count of rowTotals(counts, confusion))
    if (count > 0) evidence += logGamma(right + wrong) - logGamma(count + right + wrong);
  forEachCell(counts, confusion, (cell, _, pseudoCount) => {
    const count = counts[cell] ?? 0;
    if (count > 0) evidence += logGamma(count + pseudoCount) - logGamma(pseudoCount);
  });
  return evidence;
}

/** Moves the prior a step closer to the one that is likeliest for these votes. Repeated steps converge. */
export function betterPrior(counts: Float64Array, confusion: Confusion): Prior {
  const { prior } = confusion;
  let [right, wrong, all] = [0, 0, 0];
  forEachCell(counts, confusion, (cell, _, pseudoCount, isRight) => {
    const gain = gained(counts[cell] ?? 0, pseudoCount);
    if (isRight) right += gain;
    else wrong += gain / (confusion.labels - 1);
  });
  for (const count of rowTotals(counts, confusion)) all += gained(count, prior.right + prior.wrong);
  return stepPrior(prior, { right, wrong, all });
}

/** How the log probability of a Dirichlet-multinomial grows with a pseudo-count. */
export function gained(count: number, pseudoCount: number): number {
  return count > 0 ? digamma(count + pseudoCount) - digamma(pseudoCount) : 0;
}

/**
 * A step of the fixed-point iteration for a Dirichlet-multinomial. Before any votes, the likeliest prior is 4:1; this counts as
 * little as a handful of people.
 * @param gains summed over all rows
 * @see T. Minka, Estimating a Dirichlet distribution (2000), for the iteration
 */
export function stepPrior(prior: Prior, gains: { right: number; wrong: number; all: number }): Prior {
  return {
    right: (prior.right * gains.right + MOSTLY_RIGHT.right) / (gains.all + 1),
    wrong: (prior.wrong * gains.wrong + MOSTLY_RIGHT.wrong) / (gains.all + 1),
  };
}

/** The log density of a fitted prior, up to a constant. It belongs to the evidence of a model whose prior is fitted. */
export function priorDensity({ right, wrong }: Prior): number {
  return MOSTLY_RIGHT.right * Math.log(right) - right + MOSTLY_RIGHT.wrong * Math.log(wrong) - wrong;
}

/** The number of votes of each person in each cluster, at `person * clusters + cluster`. */
function rowTotals(counts: Float64Array, confusion: Confusion): Float64Array {
  const totals = new Float64Array(counts.length / confusion.labels);
  forEachCell(counts, confusion, (cell, row) => {
    totals[row] = (totals[row] ?? 0) + (counts[cell] ?? 0);
  });
  return totals;
}

function forEachCell(
  counts: Float64Array,
  { labels, clusterLabels, prior }: Confusion,
  visit: (cell: number, row: number, pseudoCount: number, isRight: boolean) => void,
): void {
  const clusters = clusterLabels.length;
  const wrong = prior.wrong / (labels - 1);
  const people = counts.length / (labels * clusters);
  let cell = 0;
  for (let person = 0; person < people; person += 1) {
    for (let label = 0; label < labels; label += 1) {
      for (let cluster = 0; cluster < clusters; cluster += 1) {
        const isRight = clusterLabels[cluster] === label;
        visit(cell, person * clusters + cluster, isRight ? prior.right : wrong, isRight);
        cell += 1;
      }
    }
  }
}
