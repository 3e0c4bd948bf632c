import type { Confusion } from "./confusion.ts";
import { logRise } from "./gamma.ts";
import type { Sliced } from "./sliced.ts";

/** The share of people who are assumed to answer without looking, before their first answer. */
const CARELESS_SHARE = 0.1;
/** Cells of people's tables per slice of work. */
const SLICE = 1 << 12;

/**
 * Blends each person's table with that of somebody who answers without looking: who gives each answer equally often, whatever the
 * label of the image. Its weight is the probability that the person does, from the expected votes. Without it, the prior of
 * somebody who always presses the same button never quite fades, and many such people together still tip the balance.
 * @param votes the probability of each vote, indexed as the counts are; changed in place
 * @param counts expected votes, at `(person * labels + answer) * labels + label`
 * @param confusion one cluster for each label
 */
export function* blendCarelessSliced(
  votes: Float64Array,
  counts: Float64Array,
  confusion: Confusion,
): Sliced<void> {
  const size = confusion.labels ** 2;
  const peoplePerSlice = Math.ceil(SLICE / size);
  for (let from = 0, people = 1; from < counts.length; from += size, people += 1) {
    blendPerson(votes.subarray(from, from + size), counts.subarray(from, from + size), confusion);
    if (people % peoplePerSlice === 0) yield;
  }
}

function blendPerson(votes: Float64Array, counts: Float64Array, { labels, prior }: Confusion): void {
  const given = new Float64Array(labels);
  const shown = new Float64Array(labels);
  /** The log probability of the votes of somebody who looks. */
  let looking = 0;
  let all = 0;
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue;
    const [answer, label] = [Math.floor(cell / labels), cell % labels];
    given[answer] = (given[answer] ?? 0) + count;
    shown[label] = (shown[label] ?? 0) + count;
    looking += logRise(count, answer === label ? prior.right : prior.wrong / (labels - 1));
    all += count;
  }
  for (const count of shown) looking -= logRise(count, prior.right + prior.wrong);
  let careless = -logRise(all, labels);
  for (const count of given) careless += logRise(count, 1);
  const weight = 1 / (1 + (1 / CARELESS_SHARE - 1) * Math.exp(looking - careless));
  for (const [cell, ifLooking] of votes.entries()) {
    const ifCareless = ((given[Math.floor(cell / labels)] ?? 0) + 1) / (all + labels);
    votes[cell] = ifLooking + weight * (ifCareless - ifLooking);
  }
}
