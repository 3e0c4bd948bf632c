import { mix, type CanonicalVotes } from "./canonical-order.ts";
import { MOSTLY_RIGHT } from "./confusion.ts";
import { countSliced, expectationSliced, voteSharesSliced } from "./mixture.ts";
import { countKnown, selectImagesSliced, type PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";
import { splitClusterSliced } from "./split-cluster.ts";
import { confusionMatrices, mixtureSliced, variationalSliced, type VariationalFit } from "./variational.ts";

const MAX_SUBTYPES = 4;
/** Random starts for each number of subtypes. Five miss some of the best fits. */
const RESTARTS = 10;
/** Iterations of each start, and how many starts of each size go on after them. */
const FIRST_HEAT = { iterations: 10, keep: 3 };
const LATER_HEATS = [
  { iterations: 25, keep: 1 },
  { iterations: 50, keep: 1 },
];
const MAX_ITERATIONS = 300;
/** Smaller differences of the evidence, in nats, do not count: they depend on the order of sums. */
const MIN_GAIN = 1e-6;
/** How often a search reports that it has advanced. */
export const SEARCH_STEPS = 2 + (MAX_SUBTYPES - 1) * (RESTARTS + FIRST_HEAT.keep + 1);

/** Votes in which a search looks for groups. More take longer and show no more. */
const MAX_SEARCH_VOTES = 60_000;

type Start = Pick<VariationalFit, "model" | "clusterLabels" | "shares">;

/**
 * Searches the model of two labels with 1 to 4 subtypes of images for each, so that people may err together (EBCC). All models share
 * the prior 4:1 for every subtype, because only this prior says which label a group of images has. The search splits smaller models,
 * starts at random places, which depend only on the votes, and gives clusters of the best fit the other label.
 * @param onStep called SEARCH_STEPS times
 * @returns the best fit with one subtype for each label, and the best of all others
 */
export function* searchSubtypesSliced(
  canonical: CanonicalVotes,
  onStep: () => void,
): Sliced<[one: VariationalFit, more: VariationalFit]> {
  const sample = yield* sampleSliced(canonical);
  const { packed } = sample;
  const voteShares = yield* voteSharesSliced(packed);
  const one = yield* variationalSliced(packed, startWith([0, 1], voteShares.slice()), MAX_ITERATIONS);
  onStep();
  const found = [yield* splitSliced(packed, one)];
  onStep();
  for (let subtypes = 2; subtypes <= MAX_SUBTYPES; subtypes += 1)
    found.push(yield* restartSliced(sample, { voteShares, subtypes, onStep }));
  let best = bestOf(found.filter((fit) => fit !== one));
  // Only a fit that has found groups is worth more time.
  if (best.elbo > one.elbo)
    best = yield* variationalSliced(packed, yield* relabelSliced(packed, best), MAX_ITERATIONS);
  if (sample === canonical) return [one, best];
  return [
    yield* onAllSliced(canonical.packed, packed, one),
    yield* onAllSliced(canonical.packed, packed, best),
  ];
}

/** Takes every second, third, … image, so that few enough votes are left for a search. The canonical order is as good as random. */
function* sampleSliced(canonical: CanonicalVotes): Sliced<CanonicalVotes> {
  const { packed, codes } = canonical;
  const stride = Math.ceil(packed.votes.length / MAX_SEARCH_VOTES);
  if (stride <= 1) return canonical;
  const images = Uint32Array.from(packed.ends.keys()).filter((image) => image % stride === 0);
  const selected = yield* selectImagesSliced(packed, images);
  return {
    ...canonical,
    packed: { ...selected, ...countKnown(selected.known, packed.labels) },
    codes: images.map((image) => codes[image] ?? 0),
  };
}

/** Goes on with all votes from what was learned from a sample of them. */
function* onAllSliced(
  packed: PackedVotes,
  sample: PackedVotes,
  { model, clusterLabels, shares: sampled }: VariationalFit,
): Sliced<VariationalFit> {
  const counts = yield* countSliced(sample, sampled, clusterLabels.length);
  const shares = new Float64Array(packed.ends.length * clusterLabels.length);
  const mixture = yield* mixtureSliced(model, counts, { clusterLabels, packed: sample });
  yield* expectationSliced(packed, mixture, shares);
  return yield* variationalSliced(packed, { model, clusterLabels, shares }, MAX_ITERATIONS);
}

/** Fits a model with this number of subtypes for each label from random starts. */
function* restartSliced(
  { packed, codes }: CanonicalVotes,
  { voteShares, subtypes, onStep }: { voteShares: Float64Array; subtypes: number; onStep: () => void },
): Sliced<VariationalFit> {
  const clusterLabels = [0, 1].flatMap((label) => Array.from({ length: subtypes }, () => label));
  let fits: VariationalFit[] = [];
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    const start = startWith(clusterLabels, randomShares(voteShares, codes, { subtypes, restart }));
    const fit = yield* variationalSliced(packed, start, FIRST_HEAT.iterations);
    fits = bestFirst([...fits, fit]).slice(0, FIRST_HEAT.keep);
    onStep();
  }
  for (const { iterations, keep } of LATER_HEATS) {
    const improved: VariationalFit[] = [];
    for (const fit of fits) {
      improved.push(yield* variationalSliced(packed, fit, iterations));
      onStep();
    }
    fits = bestFirst(improved).slice(0, keep);
  }
  return bestOf(fits);
}

/** Splits the cluster that gains most, again and again, until nothing is gained. */
function* splitSliced(packed: PackedVotes, before: VariationalFit): Sliced<VariationalFit> {
  const starts: Start[] = [];
  for (const [cluster, label] of before.clusterLabels.entries()) {
    if (before.clusterLabels.filter((other) => other === label).length === MAX_SUBTYPES) continue;
    const shares = yield* splitClusterSliced(packed, before, cluster);
    starts.push(startWith([...before.clusterLabels, label], shares));
  }
  const after = yield* bestStartSliced(packed, starts, before);
  return after === before ? before : yield* splitSliced(packed, after);
}

/** Gives the cluster that gains most from it the other label, again and again, until nothing is gained. */
function* relabelSliced(packed: PackedVotes, before: VariationalFit): Sliced<VariationalFit> {
  const starts = before.clusterLabels
    .map((label, cluster) => before.clusterLabels.with(cluster, 1 - label))
    .filter((clusterLabels) => new Set(clusterLabels).size === 2)
    .map((clusterLabels) => startWith(clusterLabels, before.shares.slice()));
  const after = yield* bestStartSliced(packed, starts, before);
  return after === before ? before : yield* relabelSliced(packed, after);
}

/** Improves the most promising start. @returns the fit before if nothing is gained */
function* bestStartSliced(
  packed: PackedVotes,
  starts: readonly Start[],
  before: VariationalFit,
): Sliced<VariationalFit> {
  const fits: VariationalFit[] = [];
  for (const start of starts) fits.push(yield* variationalSliced(packed, start, FIRST_HEAT.iterations));
  if (fits.length === 0) return before;
  let best = bestOf(fits);
  for (const { iterations } of LATER_HEATS) best = yield* variationalSliced(packed, best, iterations);
  return best.elbo > before.elbo + MIN_GAIN ? best : before;
}

function startWith(clusterLabels: readonly number[], shares: Float64Array): Start {
  const confusion = { labels: 2, clusterLabels, prior: MOSTLY_RIGHT };
  return { model: confusionMatrices(confusion, false), clusterLabels, shares };
}

/** @throws RangeError without fits */
function bestOf(fits: readonly VariationalFit[]): VariationalFit {
  const [best] = bestFirst(fits);
  if (best === undefined) throw new RangeError("there is no fit");
  return best;
}

/** Equally good fits keep their order. */
function bestFirst(fits: readonly VariationalFit[]): VariationalFit[] {
  return fits.toSorted((a, b) => roundedEvidence(b) - roundedEvidence(a));
}

function roundedEvidence({ elbo }: VariationalFit): number {
  return Math.round(elbo / MIN_GAIN);
}

/**
 * Divides the shares of each label among its subtypes at random, each division being equally likely.
 * @param codes of the images, from which the random numbers are made, so that images with the same votes start alike
 */
function randomShares(
  voteShares: Float64Array,
  codes: Uint32Array,
  { subtypes, restart }: { subtypes: number; restart: number },
): Float64Array {
  const shares = new Float64Array(voteShares.length * subtypes);
  for (let pair = 0; pair < voteShares.length; pair += 1) {
    const from = pair * subtypes;
    let sum = 0;
    for (let subtype = 0; subtype < subtypes; subtype += 1) {
      const place = ((restart * 2 + (pair & 1)) * MAX_SUBTYPES + subtypes) * MAX_SUBTYPES + subtype;
      const weight = -Math.log((mix(codes[pair >> 1] ?? 0, place) + 0.5) / 2 ** 32);
      shares[from + subtype] = weight;
      sum += weight;
    }
    const scale = (voteShares[pair] ?? 0) / sum;
    for (let at = from; at < from + subtypes; at += 1) shares[at] = (shares[at] ?? 0) * scale;
  }
  return shares;
}
