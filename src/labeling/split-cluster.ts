import { MOSTLY_RIGHT } from "./confusion.ts";
import { countSliced } from "./mixture.ts";
import { voteRange, type PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";
import type { VariationalFit } from "./variational.ts";

/** Enough to find the direction in which the votes of a cluster differ most; it need not be exact. */
const POWER_ITERATIONS = 20;
/** Images per slice of work. */
const SLICE = 1 << 12;

/**
 * Splits a cluster of two labels in two where people err together: along the first principal component of what is unexpected in
 * the votes, found by power iteration. Images on one side of it become a new cluster, the last one.
 * @returns the shares of the images in all clusters
 */
export function* splitClusterSliced(
  packed: PackedVotes,
  fit: Pick<VariationalFit, "clusterLabels" | "shares">,
  cluster: number,
): Sliced<Float64Array> {
  const clusters = fit.clusterLabels.length;
  const { votes } = yield* countSliced(packed, fit.shares, clusters);
  const cells = { cluster, clusters, label: fit.clusterLabels[cluster] ?? 0 };
  const surprise = {
    packed,
    shares: fit.shares,
    cluster,
    clusters,
    rates: ratesOfOne(votes, packed.people, cells),
  };
  const images = packed.ends.length;
  const scores = new Float64Array(images);
  let weights = new Float64Array(packed.people).fill(1);
  for (let power = 0; power < POWER_ITERATIONS; power += 1) {
    const sums = new Float64Array(packed.people);
    for (let first = 0; first < images; first += SLICE) {
      project(first, Math.min(first + SLICE, images), { ...surprise, weights, scores, sums });
      yield;
    }
    const norm = Math.sqrt(sums.reduce((sum, value) => sum + value ** 2, 0));
    if (norm > 0) weights = sums.map((value) => value / norm);
  }
  return moveToNew(fit.shares, scores, { cluster, clusters });
}

/** The probability that each person votes 1 on an image of the cluster. */
function ratesOfOne(
  votes: Float64Array,
  people: number,
  { cluster, clusters, label }: { cluster: number; clusters: number; label: number },
): Float64Array {
  const { right, wrong } = MOSTLY_RIGHT;
  return Float64Array.from({ length: people }, (_, person) => {
    const zeros = votes[person * 2 * clusters + cluster] ?? 0;
    const ones = votes[(person * 2 + 1) * clusters + cluster] ?? 0;
    return (ones + (label === 1 ? right : wrong)) / (ones + zeros + right + wrong);
  });
}

interface Projection {
  packed: PackedVotes;
  shares: Float64Array;
  cluster: number;
  clusters: number;
  rates: Float64Array;
  /** The direction: a weight for each person. */
  weights: Float64Array;
  /** How far each image lies in this direction. */
  scores: Float64Array;
  /** The next direction, not normalized. */
  sums: Float64Array;
}

/** One step of the power iteration, for some of the images. */
function project(firstImage: number, endImage: number, projection: Projection): void {
  const { packed, shares, cluster, clusters, rates, weights, scores, sums } = projection;
  for (let image = firstImage; image < endImage; image += 1) {
    const [start, end] = voteRange(packed, image);
    let score = 0;
    for (let at = start; at < end; at += 1) {
      const vote = packed.votes[at] ?? 0;
      score += ((vote & 1) - (rates[vote >> 1] ?? 0)) * (weights[vote >> 1] ?? 0);
    }
    scores[image] = score;
    const weight = score * (shares[image * clusters + cluster] ?? 0);
    for (let at = start; at < end; at += 1) {
      const vote = packed.votes[at] ?? 0;
      sums[vote >> 1] = (sums[vote >> 1] ?? 0) + weight * ((vote & 1) - (rates[vote >> 1] ?? 0));
    }
  }
}

/** Moves the images with positive scores from the cluster into a new one, the last. */
function moveToNew(
  shares: Float64Array,
  scores: Float64Array,
  { cluster, clusters }: { cluster: number; clusters: number },
): Float64Array {
  const moved = new Float64Array(scores.length * (clusters + 1));
  for (const [image, score] of scores.entries()) {
    const to = image * (clusters + 1);
    moved.set(shares.subarray(image * clusters, (image + 1) * clusters), to);
    if (score <= 0) continue;
    moved[to + clusters] = moved[to + cluster] ?? 0;
    moved[to + cluster] = 0;
  }
  return moved;
}
