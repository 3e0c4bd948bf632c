import { gained, geometric, MOSTLY_RIGHT, priorDensity, stepPrior, type Prior } from "./confusion.ts";
import { logRise } from "./gamma.ts";
import type { PeopleModel } from "./variational.ts";

/**
 * One accuracy for each person, the same for every label. A wrong vote is for any other label, each as likely. The prior is fitted.
 * @param labels number of labels, which are also the clusters
 */
export function oneCoin(labels: number, prior: Prior = MOSTLY_RIGHT): PeopleModel {
  const logOthers = Math.log(labels - 1);
  return {
    prior,
    votes(counts) {
      const votes = new Float64Array(counts.length);
      for (const [person, { right, wrong }] of tallies(counts, labels).entries()) {
        const all = geometric(right + wrong + prior.right + prior.wrong);
        const ifRight = geometric(right + prior.right) / all;
        const ifWrong = geometric(wrong + prior.wrong) / all / (labels - 1);
        const from = person * labels * labels;
        for (let cell = 0; cell < labels * labels; cell += 1)
          votes[from + cell] = isDiagonal(cell, labels) ? ifRight : ifWrong;
      }
      return votes;
    },

    evidence(counts) {
      let evidence = priorDensity(prior);
      for (const { right, wrong } of tallies(counts, labels)) {
        evidence += logRise(right, prior.right) + logRise(wrong, prior.wrong) - wrong * logOthers;
        evidence -= logRise(right + wrong, prior.right + prior.wrong);
      }
      return evidence;
    },

    refit(counts) {
      const gains = { right: 0, wrong: 0, all: 0 };
      for (const { right, wrong } of tallies(counts, labels)) {
        gains.right += gained(right, prior.right);
        gains.wrong += gained(wrong, prior.wrong);
        gains.all += gained(right + wrong, prior.right + prior.wrong);
      }
      return oneCoin(labels, stepPrior(prior, gains));
    },
  };
}

/** The expected right and wrong votes of each person. */
function tallies(counts: Float64Array, labels: number): { right: number; wrong: number }[] {
  return Array.from({ length: counts.length / labels ** 2 }, (_, person) => {
    const tally = { right: 0, wrong: 0 };
    for (let cell = 0; cell < labels ** 2; cell += 1) {
      const count = counts[person * labels ** 2 + cell] ?? 0;
      if (isDiagonal(cell, labels)) tally.right += count;
      else tally.wrong += count;
    }
    return tally;
  });
}

/** Whether a cell of a person's table is a right vote. */
function isDiagonal(cell: number, labels: number): boolean {
  return cell % (labels + 1) === 0;
}
