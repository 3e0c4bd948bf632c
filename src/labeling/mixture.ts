import { UNANSWERED, UNKNOWN, type PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";

/** A mixture of clusters of images. The votes on an image are independent of each other once its cluster is known. */
export interface Mixture {
  /** The probability of each cluster. A common factor does not matter. */
  weights: Float64Array;
  /** The probability of each vote in each cluster, at `vote * clusters + cluster`, with votes numbered as in the packed votes. */
  votes: Float64Array;
  /** The label of each cluster. Gold images are only in clusters of their label. */
  clusterLabels: readonly number[];
}

/** What the shares of the images imply for people. */
export interface ExpectedCounts {
  /** How often each vote was given in each cluster, indexed as in a mixture. */
  votes: Float64Array;
  /** The number of images in each cluster. */
  images: Float64Array;
}

/** The result of one update of the shares. */
export interface Expectation {
  counts: ExpectedCounts;
  /** The largest change of a share. */
  maxChange: number;
  /** The sum of the log probabilities of all images in the mixture. */
  logSums: number;
}

/** Votes times clusters per slice of work: about a millisecond. */
const SLICE = 1 << 16;

/** Shares in which an image belongs to each label as much as its votes do, or only to its known label. Without votes, to all alike. */
export function* voteSharesSliced(packed: PackedVotes): Sliced<Float64Array> {
  const { votes, ends, known, labels } = packed;
  const shares = new Float64Array(ends.length * labels);
  let at = 0;
  for (let image = 0; image < ends.length; image += 1) {
    const end = ends[image] ?? at;
    const count = end - at;
    if (count === 0) shares.fill(1 / labels, image * labels, (image + 1) * labels);
    for (; at < end; at += 1) {
      const index = image * labels + ((votes[at] ?? 0) % labels);
      shares[index] = (shares[index] ?? 0) + 1 / count;
    }
    const label = known[image] ?? UNKNOWN;
    if (label < labels) shares.fill(0, image * labels, (image + 1) * labels)[image * labels + label] = 1;
    if (image % (SLICE >> 4) === 0) yield;
  }
  return shares;
}

/** Moves gold images that are in clusters of other labels to those of theirs. */
export function* moveGoldSliced(
  { known, labels }: PackedVotes,
  clusterLabels: readonly number[],
  shares: Float64Array,
): Sliced<void> {
  const clusters = clusterLabels.length;
  for (let image = 0; image < known.length; image += 1) {
    const label = known[image] ?? UNKNOWN;
    if (label < labels)
      moveToLabel(shares.subarray(image * clusters, (image + 1) * clusters), clusterLabels, label);
    if (image % SLICE === 0) yield;
  }
}

/** @param shares of one image */
function moveToLabel(shares: Float64Array, clusterLabels: readonly number[], label: number): void {
  const own = [...clusterLabels.keys()].filter((cluster) => clusterLabels[cluster] === label);
  const sum = own.reduce((total, cluster) => total + (shares[cluster] ?? 0), 0);
  const moved = own.map((cluster) => (sum > 0 ? (shares[cluster] ?? 0) / sum : 1 / own.length));
  shares.fill(0);
  for (const [index, cluster] of own.entries()) shares[cluster] = moved[index] ?? 0;
}

/** Counts votes and images by cluster. @param shares of each image in each cluster, at `image * clusters + cluster` */
export function* countSliced(
  packed: PackedVotes,
  shares: Float64Array,
  clusters: number,
): Sliced<ExpectedCounts> {
  const counts = emptyCounts(packed, clusters);
  for (const [first, end] of imageSlices(packed, clusters)) {
    addCounts(first, end, { packed, clusters, shares, counts });
    yield;
  }
  return counts;
}

/** The E-step: updates the shares of every image, and counts votes and images by cluster. */
export function* expectationSliced(
  packed: PackedVotes,
  mixture: Mixture,
  shares: Float64Array,
): Sliced<Expectation> {
  const clusters = mixture.weights.length;
  const state = {
    packed,
    clusters,
    shares,
    counts: emptyCounts(packed, clusters),
    mixture,
    products: new Float64Array(clusters),
    maxChange: 0,
    logSums: 0,
  };
  for (const [first, end] of imageSlices(packed, clusters)) {
    updateShares(first, end, state);
    addCounts(first, end, state);
    yield;
  }
  const { counts, maxChange, logSums } = state;
  return { counts, maxChange, logSums };
}

/** The entropy of all shares after an update with this mixture, in nats. */
export function entropyOf({ counts, logSums }: Expectation, { weights, votes }: Mixture): number {
  return logSums - sumOfLogs(counts.images, weights) - sumOfLogs(counts.votes, votes);
}

function sumOfLogs(counts: Float64Array, probabilities: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < counts.length; index += 1) {
    const count = counts[index] ?? 0;
    if (count > 0) sum += count * Math.log(probabilities[index] ?? 0);
  }
  return sum;
}

function emptyCounts({ people, labels }: PackedVotes, clusters: number): ExpectedCounts {
  return { votes: new Float64Array(people * labels * clusters), images: new Float64Array(clusters) };
}

/** Yields ranges of images with about the same amount of work. */
function* imageSlices({ ends }: PackedVotes, clusters: number): Generator<[first: number, end: number]> {
  let first = 0;
  let start = 0;
  for (let image = 0; image < ends.length; image += 1) {
    const work = ((ends[image] ?? 0) + image - start) * clusters;
    if (work < SLICE && image < ends.length - 1) continue;
    yield [first, image + 1];
    first = image + 1;
    start = (ends[image] ?? 0) + image;
  }
}

interface CountState {
  packed: PackedVotes;
  clusters: number;
  shares: Float64Array;
  counts: ExpectedCounts;
}

interface UpdateState extends CountState {
  mixture: Mixture;
  /** Scratch space for one image. */
  products: Float64Array;
  maxChange: number;
  logSums: number;
}

/** After this number of votes, products may become too small for a number, and are scaled. A power of two does not round them. */
const SCALED_VOTES = 16;
const SCALE = 2 ** 256;

/**
 * Multiplies probabilities, which is faster than to add their logarithms, and keeps ties of two opposite votes exact. It is a plain
 * function, because it is the hot loop: as part of a generator, or as a closure, it would be slower.
 */
function updateShares(firstImage: number, endImage: number, state: UpdateState): void {
  const { packed, clusters, shares, mixture, products } = state;
  const { weights, votes: factors } = mixture;
  const { votes, ends, known } = packed;
  let { maxChange, logSums } = state;
  let at = firstImage === 0 ? 0 : (ends[firstImage - 1] ?? 0);
  for (let image = firstImage; image < endImage; image += 1) {
    const start = at;
    const end = ends[image] ?? at;
    for (let cluster = 0; cluster < clusters; cluster += 1) products[cluster] = weights[cluster] ?? 0;
    const label = known[image] ?? UNKNOWN;
    if (label < packed.labels) keepLabel(label, products, mixture);
    for (; at < end; at += 1) {
      const base = (votes[at] ?? 0) * clusters;
      for (let cluster = 0; cluster < clusters; cluster += 1)
        products[cluster] = (products[cluster] ?? 0) * (factors[base + cluster] ?? 0);
      if ((at - start) % SCALED_VOTES === SCALED_VOTES - 1) logSums -= scaleUp(products);
    }
    let sum = 0;
    for (let cluster = 0; cluster < clusters; cluster += 1) sum += products[cluster] ?? 0;
    if (label !== UNANSWERED) logSums += Math.log(sum);
    const base = image * clusters;
    for (let cluster = 0; cluster < clusters; cluster += 1) {
      const share = (products[cluster] ?? 0) / sum;
      maxChange = Math.max(maxChange, Math.abs(share - (shares[base + cluster] ?? 0)));
      shares[base + cluster] = share;
    }
  }
  state.maxChange = maxChange;
  state.logSums = logSums;
}

/** Leaves only the clusters of a known label. */
function keepLabel(label: number, products: Float64Array, { clusterLabels }: Mixture): void {
  for (let cluster = 0; cluster < products.length; cluster += 1)
    if (clusterLabels[cluster] !== label) products[cluster] = 0;
}

/** Scales up products that are all very small. @returns the logarithm of the scale */
function scaleUp(products: Float64Array): number {
  if (products.some((product) => product > 1 / SCALE)) return 0;
  for (let cluster = 0; cluster < products.length; cluster += 1)
    products[cluster] = (products[cluster] ?? 0) * SCALE;
  return Math.log(SCALE);
}

function addCounts(
  firstImage: number,
  endImage: number,
  { packed, clusters, shares, counts }: CountState,
): void {
  const { votes, ends, known } = packed;
  const { votes: voteCounts, images: imageCounts } = counts;
  let at = firstImage === 0 ? 0 : (ends[firstImage - 1] ?? 0);
  for (let image = firstImage; image < endImage; image += 1) {
    const end = ends[image] ?? at;
    const from = image * clusters;
    if (known[image] === UNANSWERED) continue;
    for (let cluster = 0; cluster < clusters; cluster += 1)
      imageCounts[cluster] = (imageCounts[cluster] ?? 0) + (shares[from + cluster] ?? 0);
    for (; at < end; at += 1) {
      const base = (votes[at] ?? 0) * clusters;
      for (let cluster = 0; cluster < clusters; cluster += 1)
        voteCounts[base + cluster] = (voteCounts[base + cluster] ?? 0) + (shares[from + cluster] ?? 0);
    }
  }
}
