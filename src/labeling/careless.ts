import type { Confusion } from "./confusion.ts";
import { logGamma } from "./gamma.ts";

/**
 * The share of people who are assumed to answer without looking, before anything is known about a person. A person's answers soon
 * weigh more than this.
 */
const CARELESS_SHARE = 0.1;

/**
 * Blends each person's table with that of somebody who answers without looking: whatever the label of the image, the person gives
 * each answer equally often. The weight of this is its probability, from the expected votes. Without it, the prior of somebody who
 * always presses the same button never quite fades, and their answers, taken together, still tip the balance.
 * @param votes the probability of each vote, indexed as the counts are; changed in place
 * @param counts expected votes, at `(person * labels + label) * labels + truth`
 */
export function blendCareless(votes: Float64Array, counts: Float64Array, { labels, prior }: Confusion): void {
  const size = labels ** 2;
  const given = new Float64Array(labels);
  const truths = new Float64Array(labels);
  for (let from = 0; from < counts.length; from += size) {
    given.fill(0);
    truths.fill(0);
    let all = 0;
    let looking = 0;
    for (let cell = 0; cell < size; cell += 1) {
      const count = counts[from + cell] ?? 0;
      if (count === 0) continue;
      const label = Math.floor(cell / labels);
      const truth = cell % labels;
      given[label] = (given[label] ?? 0) + count;
      truths[truth] = (truths[truth] ?? 0) + count;
      all += count;
      looking += logRise(count, label === truth ? prior.right : prior.wrong / (labels - 1));
    }
    for (const count of truths) looking -= logRise(count, prior.right + prior.wrong);
    let careless = -logRise(all, labels);
    for (const count of given) careless += logRise(count, 1);
    const odds = (CARELESS_SHARE / (1 - CARELESS_SHARE)) * Math.exp(careless - looking);
    const weight = odds === Infinity ? 1 : odds / (1 + odds);
    for (let cell = 0; cell < size; cell += 1) {
      const ifCareless = ((given[Math.floor(cell / labels)] ?? 0) + 1) / (all + labels);
      const ifLooking = votes[from + cell] ?? 0;
      votes[from + cell] = ifLooking + weight * (ifCareless - ifLooking);
    }
  }
}

function logRise(count: number, pseudoCount: number): number {
  return count > 0 ? logGamma(count + pseudoCount) - logGamma(pseudoCount) : 0;
}
