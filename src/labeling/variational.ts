import {
  confusionEvidence,
  confusionVotes,
  geometric,
  betterPrior,
  priorDensity,
  type Confusion,
  type Prior,
} from "./confusion.ts";
import { logGamma } from "./gamma.ts";
import {
  countSliced,
  entropyOf,
  expectationSliced,
  moveGoldSliced,
  type ExpectedCounts,
  type Mixture,
} from "./mixture.ts";
import type { PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";

/** How people's votes depend on the cluster of an image, with what is not known about people integrated out. */
export interface PeopleModel {
  prior: Prior;
  /** The geometric mean of the probability of each vote in each cluster, for these expected votes. Indexed as the counts are. */
  votes(counts: Float64Array): Float64Array;
  /** The log probability of these expected votes. */
  evidence(counts: Float64Array): number;
  /** The same model with a prior that fits these votes better. Returns itself if the prior is fixed. */
  refit(counts: Float64Array): PeopleModel;
}

/** A row of probabilities for each person and cluster. @param fitted whether the prior is fitted to the votes */
export function confusionMatrices(confusion: Confusion, fitted: boolean): PeopleModel {
  const model: PeopleModel = {
    prior: confusion.prior,
    votes: (counts) => confusionVotes(counts, confusion, geometric),
    evidence: (counts) => confusionEvidence(counts, confusion) + (fitted ? priorDensity(confusion.prior) : 0),
    refit: (counts) =>
      fitted ? confusionMatrices({ ...confusion, prior: betterPrior(counts, confusion) }, true) : model,
  };
  return model;
}

/** An approximate posterior of the clusters of all images. */
export interface VariationalFit {
  model: PeopleModel;
  /** The label of each cluster. */
  clusterLabels: readonly number[];
  /** The probability of each cluster for each image, at `image * clusters + cluster`. */
  shares: Float64Array;
  /** The evidence lower bound, in nats: of several models of the same votes, the one with the highest explains them best. */
  elbo: number;
  converged: boolean;
}

/** No share changes by more than this in the last iteration. */
const TOLERANCE = 1e-4;

/**
 * Improves a fit by variational Bayes until it converges. The shares are changed in place. Gold images stay in clusters of their label.
 * @param maxIterations after which it stops in any case
 * @see Y. Li, B. Rubinstein and T. Cohn, Exploiting Worker Correlation for Label Aggregation in Crowdsourcing, ICML 2019,
 * https://proceedings.mlr.press/v97/li19i.html
 */
export function* variationalSliced(
  packed: PackedVotes,
  { model: start, clusterLabels, shares }: Pick<VariationalFit, "model" | "clusterLabels" | "shares">,
  maxIterations: number,
): Sliced<VariationalFit> {
  let model = start;
  yield* moveGoldSliced(packed, clusterLabels, shares);
  let counts = yield* countSliced(packed, shares, clusterLabels.length);
  for (let iteration = 1; ; iteration += 1) {
    model = model.refit(counts.votes);
    const mixture = mixtureOf(model, counts, { clusterLabels, packed });
    yield;
    const update = yield* expectationSliced(packed, mixture, shares);
    ({ counts } = update);
    const converged = update.maxChange <= TOLERANCE;
    if (converged || iteration >= maxIterations)
      return {
        model,
        clusterLabels,
        shares,
        elbo:
          entropyOf(update, mixture) +
          model.evidence(counts.votes) +
          weightEvidence(counts.images, { clusterLabels, packed }),
        converged,
      };
  }
}

interface Clusters {
  clusterLabels: readonly number[];
  packed: Pick<PackedVotes, "knownImages">;
}

/** What is expected of images and votes after these counts. */
export function mixtureOf(model: PeopleModel, counts: ExpectedCounts, clusters: Clusters): Mixture {
  const { clusterLabels } = clusters;
  return {
    weights: clusterWeights(counts.images, clusters),
    votes: model.votes(counts.votes),
    clusterLabels,
  };
}

interface LabelCounts {
  images: number;
  /** Number of images whose label is estimated. Only these say how frequent labels are, because gold images are chosen by hand. */
  unknown: number;
  clusters: number;
}

/** The number of images and clusters of each label. */
function byLabel(
  images: ExpectedCounts["images"],
  { clusterLabels, packed: { knownImages } }: Clusters,
): Map<number, LabelCounts> {
  const labels = new Map<number, LabelCounts>();
  for (const [cluster, label] of clusterLabels.entries()) {
    const before = labels.get(label) ?? { images: 0, clusters: 0 };
    const count = before.images + (images[cluster] ?? 0);
    labels.set(label, {
      images: count,
      unknown: count - (knownImages[label] ?? 0),
      clusters: before.clusters + 1,
    });
  }
  return labels;
}

/** The geometric mean of the probability of each cluster, up to a factor. Before any votes, all shares of labels and of subtypes are equally likely. */
function clusterWeights(images: ExpectedCounts["images"], clusters: Clusters): Float64Array {
  const labels = byLabel(images, clusters);
  return images.map((count, cluster) => {
    const label = labels.get(clusters.clusterLabels[cluster] ?? 0);
    if (label === undefined) return 0;
    return (geometric(1 + label.unknown) * geometric(1 + count)) / geometric(label.clusters + label.images);
  });
}

/** The log probability of the images' clusters, with the shares of labels and subtypes integrated out. */
function weightEvidence(images: ExpectedCounts["images"], clusters: Clusters): number {
  const labels = [...byLabel(images, clusters).values()];
  const known = clusters.packed.knownImages.reduce((sum, count) => sum + count, 0);
  const total = images.reduce((sum, count) => sum + count, 0) - known;
  let evidence = logGamma(labels.length) - logGamma(labels.length + total);
  for (const label of labels)
    evidence +=
      logGamma(1 + label.unknown) + logGamma(label.clusters) - logGamma(label.clusters + label.images);
  for (const count of images) evidence += logGamma(1 + count);
  return evidence;
}
