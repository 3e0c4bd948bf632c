import {
  gained,
  geometric,
  MOSTLY_RIGHT,
  ownLabels,
  peopleSlices,
  priorDensity,
  stepPrior,
  type Prior,
} from "./confusion.ts";
import { logRise } from "./gamma.ts";
import type { Sliced } from "./sliced.ts";
import type { PeopleModel } from "./variational.ts";

/**
 * One accuracy for each person, the same for every label. A wrong vote is for any other label, each as likely. The prior is fitted.
 * @param labels number of labels, which are also the clusters
 */
export function oneCoin(labels: number, prior: Prior = MOSTLY_RIGHT): PeopleModel {
  const logOthers = Math.log(labels - 1);
  const table = ownLabels(labels, prior);
  return {
    prior,
    *votes(counts) {
      const { right, wrong } = yield* talliesSliced(counts, labels);
      const votes = new Float64Array(counts.length);
      for (const people of peopleSlices(counts, table)) {
        for (let person = people.first; person < people.end; person += 1) {
          const [rights, wrongs] = [right[person] ?? 0, wrong[person] ?? 0];
          const all = geometric(rights + wrongs + prior.right + prior.wrong);
          const ifRight = geometric(rights + prior.right) / all;
          const ifWrong = geometric(wrongs + prior.wrong) / all / (labels - 1);
          const from = person * labels * labels;
          for (let cell = 0; cell < labels * labels; cell += 1)
            votes[from + cell] = isDiagonal(cell, labels) ? ifRight : ifWrong;
        }
        yield;
      }
      return votes;
    },

    *evidence(counts) {
      const { right, wrong } = yield* talliesSliced(counts, labels);
      let evidence = priorDensity(prior);
      for (let person = 0; person < right.length; person += 1) {
        const [rights, wrongs] = [right[person] ?? 0, wrong[person] ?? 0];
        evidence += logRise(rights, prior.right) + logRise(wrongs, prior.wrong) - wrongs * logOthers;
        evidence -= logRise(rights + wrongs, prior.right + prior.wrong);
        if (person % SLICE === 0) yield;
      }
      return evidence;
    },

    personEvidence(counts, person) {
      let [right, wrong] = [0, 0];
      for (let cell = 0; cell < labels ** 2; cell += 1) {
        const count = counts[person * labels ** 2 + cell] ?? 0;
        if (isDiagonal(cell, labels)) right += count;
        else wrong += count;
      }
      const ofVotes = logRise(right, prior.right) + logRise(wrong, prior.wrong) - wrong * logOthers;
      return ofVotes - logRise(right + wrong, prior.right + prior.wrong);
    },

    *refit(counts) {
      const { right, wrong } = yield* talliesSliced(counts, labels);
      const gains = { right: 0, wrong: 0, all: 0 };
      for (let person = 0; person < right.length; person += 1) {
        const [rights, wrongs] = [right[person] ?? 0, wrong[person] ?? 0];
        gains.right += gained(rights, prior.right);
        gains.wrong += gained(wrongs, prior.wrong);
        gains.all += gained(rights + wrongs, prior.right + prior.wrong);
        if (person % SLICE === 0) yield;
      }
      return oneCoin(labels, stepPrior(prior, gains));
    },
  };
}

/** People per slice of work. */
const SLICE = 1 << 11;

/** The expected right and wrong votes of each person. */
function* talliesSliced(
  counts: Float64Array,
  labels: number,
): Sliced<{ right: Float64Array; wrong: Float64Array }> {
  const people = counts.length / labels ** 2;
  const [right, wrong] = [new Float64Array(people), new Float64Array(people)];
  for (const { first, end } of peopleSlices(counts, ownLabels(labels, MOSTLY_RIGHT))) {
    for (let person = first; person < end; person += 1)
      for (let cell = 0; cell < labels ** 2; cell += 1) {
        const tally = isDiagonal(cell, labels) ? right : wrong;
        tally[person] = (tally[person] ?? 0) + (counts[person * labels ** 2 + cell] ?? 0);
      }
    yield;
  }
  return { right, wrong };
}

/** Whether a cell of a person's table is a right vote. */
function isDiagonal(cell: number, labels: number): boolean {
  return cell % (labels + 1) === 0;
}
