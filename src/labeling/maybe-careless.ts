import { CARELESS_SHARE, carelessEvidence } from "./careless.ts";
import { geometric, peopleSlices } from "./confusion.ts";
import type { PeopleModel } from "./variational.ts";

/** What one person's expected votes say about whether they look at the images. */
interface Carelessness {
  /** Expected votes for each label. */
  given: Float64Array;
  all: number;
  /** The log probability of the votes, whether the person looks or not. */
  evidence: number;
  /** The probability that the person answers without looking. */
  weight: number;
}

/**
 * The same model of people, in which everybody may also answer without looking: with the same probabilities for each label, whatever
 * the image shows. Whether somebody does is integrated out, as everything about people is, so that evidences stay comparable.
 * @param model of as many clusters as labels
 * @param labels number of labels
 */
export function maybeCareless(model: PeopleModel, labels: number): PeopleModel {
  const size = labels ** 2;
  const table = { labels, clusterLabels: Array.from({ length: labels }, (_, label) => label) };
  const one = (counts: Float64Array, person: number): Carelessness =>
    carelessnessOf(counts.subarray(person * size, (person + 1) * size), {
      labels,
      ifLooking: model.personEvidence(counts, person),
    });
  return {
    prior: model.prior,
    *votes(counts) {
      const votes = yield* model.votes(counts);
      for (const { first, end } of peopleSlices(counts, table)) {
        for (let person = first; person < end; person += 1)
          blend(votes.subarray(person * size, (person + 1) * size), one(counts, person));
        yield;
      }
      return votes;
    },

    *evidence(counts) {
      // Without people, this is the density of the prior.
      let evidence = yield* model.evidence(new Float64Array());
      for (const { first, end } of peopleSlices(counts, table)) {
        for (let person = first; person < end; person += 1) evidence += one(counts, person).evidence;
        yield;
      }
      return evidence;
    },

    personEvidence: (counts, person) => one(counts, person).evidence,

    *refit(counts) {
      const looked = counts.slice();
      for (const { first, end } of peopleSlices(counts, table)) {
        for (let person = first; person < end; person += 1) {
          const { weight } = one(counts, person);
          for (let cell = person * size; cell < (person + 1) * size; cell += 1)
            looked[cell] = (1 - weight) * (looked[cell] ?? 0);
        }
        yield;
      }
      return maybeCareless(yield* model.refit(looked), labels);
    },
  };
}

/** @param counts of one person */
function carelessnessOf(
  counts: Float64Array,
  { labels, ifLooking }: { labels: number; ifLooking: number },
): Carelessness {
  const given = new Float64Array(labels);
  let all = 0;
  for (const [cell, count] of counts.entries()) {
    const label = Math.floor(cell / labels);
    given[label] = (given[label] ?? 0) + count;
    all += count;
  }
  const careless = Math.log(CARELESS_SHARE) + carelessEvidence(given, all);
  const looking = Math.log(1 - CARELESS_SHARE) + ifLooking;
  const evidence = Math.max(careless, looking) + Math.log1p(Math.exp(-Math.abs(careless - looking)));
  return { given, all, evidence, weight: Math.exp(careless - evidence) };
}

/** @param votes the geometric mean of the probability of each vote of one person, changed in place */
function blend(votes: Float64Array, { given, all, weight }: Carelessness): void {
  const labels = given.length;
  const total = geometric(all + labels);
  for (const [cell, ifLooking] of votes.entries()) {
    const ifCareless = geometric((given[Math.floor(cell / labels)] ?? 0) + 1) / total;
    votes[cell] = ifLooking ** (1 - weight) * ifCareless ** weight;
  }
}
