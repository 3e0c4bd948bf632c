import { digamma, logGamma, logRise } from "./gamma.ts";
import type { Sliced } from "./sliced.ts";

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
export function* confusionVotesSliced(
  counts: Float64Array,
  confusion: Confusion,
  mean: (count: number) => number = arithmetic,
): Sliced<Float64Array> {
  const totals = yield* rowTotalsSliced(counts, confusion);
  const votes = new Float64Array(counts.length);
  for (const people of peopleSlices(counts, confusion)) {
    fillVotes(votes, people, { counts, totals, confusion, mean });
    yield;
  }
  return votes;
}

/** @param votes of these people, which it sets */
function fillVotes(
  votes: Float64Array,
  { first, end }: People,
  { counts, totals, confusion, mean }: RowTotals & { mean: (count: number) => number },
): void {
  const { labels, clusterLabels, prior } = confusion;
  const clusters = clusterLabels.length;
  const wrong = prior.wrong / (labels - 1);
  // Most cells of many labels are empty.
  const [emptyRight, emptyWrong] = [mean(prior.right), mean(wrong)];
  const means = new Float64Array(clusters);
  let cell = first * labels * clusters;
  for (let person = first; person < end; person += 1) {
    for (let cluster = 0; cluster < clusters; cluster += 1)
      means[cluster] = mean((totals[person * clusters + cluster] ?? 0) + prior.right + prior.wrong);
    for (let label = 0; label < labels; label += 1)
      for (let cluster = 0; cluster < clusters; cluster += 1, cell += 1) {
        const count = counts[cell] ?? 0;
        const isRight = clusterLabels[cluster] === label;
        const empty = isRight ? emptyRight : emptyWrong;
        const value = count > 0 ? mean(count + (isRight ? prior.right : wrong)) : empty;
        votes[cell] = value / (means[cluster] ?? 1);
      }
  }
}

function arithmetic(count: number): number {
  return count;
}

/** The geometric mean of a gamma distribution with this shape: what variational Bayes takes for a count. */
export function geometric(count: number): number {
  return Math.exp(digamma(count));
}

/** The log probability of the expected votes, with people's rows integrated out. */
export function* confusionEvidenceSliced(counts: Float64Array, confusion: Confusion): Sliced<number> {
  const { labels, clusterLabels, prior } = confusion;
  const { right, wrong } = prior;
  const totals = yield* rowTotalsSliced(counts, confusion);
  let evidence = 0;
  for (let row = 0; row < totals.length; row += 1) {
    const count = totals[row] ?? 0;
    if (count > 0) evidence += logGamma(right + wrong) - logGamma(count + right + wrong);
    if (row % SLICE === 0) yield;
  }
  const clusters = clusterLabels.length;
  for (let cell = 0; cell < counts.length; cell += 1) {
    if (cell % SLICE === 0) yield;
    const count = counts[cell] ?? 0;
    if (count === 0) continue;
    const isRight = clusterLabels[cell % clusters] === Math.floor(cell / clusters) % labels;
    const pseudoCount = isRight ? right : wrong / (labels - 1);
    evidence += logGamma(count + pseudoCount) - logGamma(pseudoCount);
  }
  return evidence;
}

/** The log probability of the expected votes of one person. */
export function tableEvidence(counts: Float64Array, person: number, confusion: Confusion): number {
  const { labels, clusterLabels, prior } = confusion;
  const clusters = clusterLabels.length;
  let evidence = 0;
  for (const [cluster, ownLabel] of clusterLabels.entries()) {
    let total = 0;
    for (let label = 0; label < labels; label += 1) {
      const count = counts[(person * labels + label) * clusters + cluster] ?? 0;
      total += count;
      evidence += logRise(count, label === ownLabel ? prior.right : prior.wrong / (labels - 1));
    }
    evidence -= logRise(total, prior.right + prior.wrong);
  }
  return evidence;
}

/** Moves the prior a step closer to the one that is likeliest for these votes. Repeated steps converge. */
export function* betterPriorSliced(counts: Float64Array, confusion: Confusion): Sliced<Prior> {
  const { prior, labels } = confusion;
  const totals = yield* rowTotalsSliced(counts, confusion);
  const gains = { right: 0, wrong: 0, all: 0 };
  for (const people of peopleSlices(counts, confusion)) {
    addGains(gains, people, { counts, totals, confusion });
    yield;
  }
  return stepPrior(prior, { ...gains, wrong: gains.wrong / (labels - 1) });
}

type Gains = Record<"right" | "wrong" | "all", number>;

/** @param gains to which those of these people are added; those of wrong votes for all wrong labels together */
function addGains(gains: Gains, { first, end }: People, { counts, totals, confusion }: RowTotals): void {
  const { labels, clusterLabels, prior } = confusion;
  const clusters = clusterLabels.length;
  const wrong = prior.wrong / (labels - 1);
  const before = digamma(wrong);
  for (let cell = first * labels * clusters; cell < end * labels * clusters; cell += 1) {
    const count = counts[cell] ?? 0;
    if (count === 0) continue;
    const isRight = clusterLabels[cell % clusters] === Math.floor(cell / clusters) % labels;
    if (isRight) gains.right += gained(count, prior.right);
    else gains.wrong += digamma(count + wrong) - before;
  }
  for (let row = first * clusters; row < end * clusters; row += 1)
    gains.all += gained(totals[row] ?? 0, prior.right + prior.wrong);
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
export function stepPrior(prior: Prior, gains: Gains): Prior {
  return {
    right: (prior.right * gains.right + MOSTLY_RIGHT.right) / (gains.all + 1),
    wrong: (prior.wrong * gains.wrong + MOSTLY_RIGHT.wrong) / (gains.all + 1),
  };
}

/** The log density of a fitted prior, up to a constant. It belongs to the evidence of a model whose prior is fitted. */
export function priorDensity({ right, wrong }: Prior): number {
  return MOSTLY_RIGHT.right * Math.log(right) - right + MOSTLY_RIGHT.wrong * Math.log(wrong) - wrong;
}

/** Expected votes, and their sums by row. */
interface RowTotals {
  counts: Float64Array;
  /** The number of votes of each person in each cluster, at `person * clusters + cluster`. */
  totals: Float64Array;
  confusion: Confusion;
}

function* rowTotalsSliced(counts: Float64Array, confusion: Confusion): Sliced<Float64Array> {
  const { labels, clusterLabels } = confusion;
  const clusters = clusterLabels.length;
  const totals = new Float64Array(counts.length / labels);
  for (const { first, end } of peopleSlices(counts, confusion)) {
    let cell = first * labels * clusters;
    for (let person = first; person < end; person += 1)
      for (let label = 0; label < labels; label += 1)
        for (let row = person * clusters; row < (person + 1) * clusters; row += 1, cell += 1)
          totals[row] = (totals[row] ?? 0) + (counts[cell] ?? 0);
    yield;
  }
  return totals;
}

/** Cells of people's tables per slice of work: about a millisecond. */
const SLICE = 1 << 13;

/** Some people, by their indexes. */
interface People {
  first: number;
  /** The index after the last one. */
  end: number;
}

/** Divides all people for slices of work. @param counts as many as there are cells in all tables */
export function* peopleSlices(
  counts: Pick<Float64Array, "length">,
  { labels, clusterLabels }: Pick<Confusion, "labels" | "clusterLabels">,
): Generator<People> {
  const size = labels * clusterLabels.length;
  const people = counts.length / size;
  const perSlice = Math.ceil(SLICE / size);
  for (let first = 0; first < people; first += perSlice)
    yield { first, end: Math.min(first + perSlice, people) };
}
