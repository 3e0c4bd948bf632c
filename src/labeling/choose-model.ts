import { canonicalOrderSliced, type CanonicalVotes } from "./canonical-order.ts";
import { MOSTLY_RIGHT, ownLabels, type Prior } from "./confusion.ts";
import { dawidSkeneSliced } from "./dawid-skene.ts";
import { maybeCareless } from "./maybe-careless.ts";
import { voteSharesSliced } from "./mixture.ts";
import { oneCoin } from "./one-coin.ts";
import type { PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";
import { SEARCH_STEPS, searchSubtypesSliced } from "./subtypes.ts";
import {
  confusionMatrices,
  variationalSliced,
  type PeopleModel,
  type VariationalFit,
} from "./variational.ts";

/** A model of how people answer. */
export type LabelModel =
  /** Two labels: how often each person is right about each label. */
  | "dawid-skene"
  /** Two labels, each with subtypes of images about which people may be wrong together. */
  | "ebcc"
  /** More labels: how often each person is right. */
  | "one-coin"
  /** More labels: how often each person gives each label to the images of each label. */
  | "ibcc";

/** A model that was compared with others. */
export interface Candidate {
  model: LabelModel;
  /** Number of subtypes of each label. */
  subtypes: readonly number[];
  /** The evidence lower bound, in nats. The model with the highest is chosen. */
  evidence: number;
}

/** Which model explains the votes best. */
export interface ModelChoice {
  chosen: Candidate;
  /** The best of the others. */
  other: Candidate;
}

/** The model that explains the votes best, and what it says about the images. */
export interface ChosenModel extends ModelChoice {
  /** What is assumed about people. */
  prior: Prior;
  /** The probability of each label for each image, at `image * labels + label`, rounded to 6 digits. */
  probabilities: Float64Array;
}

/** @param share of the work that is done, from 0 to 1 */
export type OnProgress = (share: number) => void;

/**
 * Chooses the model of the labels of an export. The result does not depend on the order of images, people and labels. 100,000
 * answers take a few seconds, and a million a minute.
 */
export function* chooseModelSliced(packed: PackedVotes, onProgress: OnProgress): Sliced<ChosenModel> {
  const canonical = yield* canonicalOrderSliced(packed);
  const { probabilities, chosen, other, prior } = yield* packed.labels === 2
    ? chooseSubtypesSliced(canonical, onProgress)
    : chooseForSeveralSliced(canonical.packed);
  onProgress(1);
  /** Subtypes are counted in the canonical order of the labels, too. */
  const named = (one: Candidate): Candidate => ({
    ...one,
    subtypes: one.subtypes.map((_, label) => one.subtypes[canonical.labels.indexOf(label)] ?? 1),
  });
  return {
    chosen: named(chosen),
    other: named(other),
    prior,
    probabilities: inGivenOrder(probabilities, canonical),
  };
}

/** One subtype for each label is the model of Dawid–Skene, whose own estimate is better for people with few answers. */
function* chooseSubtypesSliced(canonical: CanonicalVotes, onProgress: OnProgress): Sliced<ChosenModel> {
  const { packed } = canonical;
  let steps = 0;
  const [one, more] = yield* searchSubtypesSliced(canonical, () =>
    onProgress((steps += 1) / (SEARCH_STEPS + 1)),
  );
  const candidates = [candidate("dawid-skene", one), candidate("ebcc", more)] as const;
  const isOne = one.elbo >= more.elbo;
  const probabilities = isOne
    ? (yield* dawidSkeneSliced(packed)).probabilities
    : labelProbabilities(more, packed);
  return { ...ranked(candidates, isOne), prior: MOSTLY_RIGHT, probabilities };
}

const MAX_ITERATIONS = 300;

/** Both models fit one prior for all people and labels, because 4:1 is too far off for many labels. */
function* chooseForSeveralSliced(packed: PackedVotes): Sliced<ChosenModel> {
  const { labels } = packed;
  const confusion = ownLabels(labels, MOSTLY_RIGHT);
  const { clusterLabels } = confusion;
  const voteShares = yield* voteSharesSliced(packed);
  const hasGold = packed.knownImages.some((count) => count > 0);
  function* fitSliced(people: PeopleModel): Sliced<VariationalFit> {
    const model = hasGold ? maybeCareless(people, labels) : people;
    return yield* variationalSliced(
      packed,
      { model, clusterLabels, shares: voteShares.slice() },
      MAX_ITERATIONS,
    );
  }
  const coin = yield* fitSliced(oneCoin(labels));
  const matrices = yield* fitSliced(confusionMatrices(confusion, true));
  const isCoin = coin.elbo >= matrices.elbo;
  const { model, shares } = isCoin ? coin : matrices;
  const candidates = [candidate("one-coin", coin), candidate("ibcc", matrices)] as const;
  return { ...ranked(candidates, isCoin), prior: model.prior, probabilities: shares };
}

function candidate(model: LabelModel, { clusterLabels, elbo }: VariationalFit): Candidate {
  const counts = new Map<number, number>();
  for (const label of clusterLabels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return {
    model,
    subtypes: [...counts.entries()].toSorted(([a], [b]) => a - b).map(([, count]) => count),
    evidence: elbo,
  };
}

function ranked([first, second]: readonly [Candidate, Candidate], isFirst: boolean): ModelChoice {
  return isFirst ? { chosen: first, other: second } : { chosen: second, other: first };
}

/** Adds up the shares of each label's subtypes. */
function labelProbabilities(
  { clusterLabels, shares }: VariationalFit,
  { ends, labels }: PackedVotes,
): Float64Array {
  const probabilities = new Float64Array(ends.length * labels);
  for (const [index, share] of shares.entries()) {
    const cluster = index % clusterLabels.length;
    const at = Math.floor(index / clusterLabels.length) * labels + (clusterLabels[cluster] ?? 0);
    probabilities[at] = (probabilities[at] ?? 0) + share;
  }
  return probabilities;
}

/** Labels whose probabilities differ by less than the estimates' tolerance are tied. */
const ROUNDED_TO = 1e6;

/** Moves probabilities back to the order of images and labels in which the votes were given. */
function inGivenOrder(probabilities: Float64Array, { images, labels }: CanonicalVotes): Float64Array {
  const given = new Float64Array(probabilities.length);
  for (const [index, probability] of probabilities.entries()) {
    const image = images[Math.floor(index / labels.length)] ?? 0;
    const label = labels[index % labels.length] ?? 0;
    given[image * labels.length + label] = Math.round(probability * ROUNDED_TO) / ROUNDED_TO;
  }
  return given;
}
