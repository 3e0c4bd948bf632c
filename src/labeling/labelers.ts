import { betaInterval, type Interval } from "./beta.ts";
import type { Prior } from "./confusion.ts";
import type { Sliced } from "./sliced.ts";
import { goldRecordOf, type GoldRecord } from "./gold-answers.ts";
import type { Label } from "./question.ts";
import { countedVotesSliced, NOTHING_KNOWN, type Trust } from "./trust.ts";
import type { LastAnswers } from "./votes.ts";

/** How often a person gives a label to the images that have it, from 0 to 1, with the interval that has 95 % of the probability. */
export interface Reliability extends Interval {
  share: number;
  /** On how many of the person's votes this rests: an image counts by the probability that it has the label. */
  answers: number;
}

/** The estimated reliability of one person. */
export interface Labeler {
  /** Pseudonym. */
  labeler: string;
  /** Number of images the person has answered. */
  images: number;
  /** To how many of these images the person's answer is that they are not sure. */
  unsure: number;
  /** By label. */
  reliability: readonly Reliability[];
  gold: GoldRecord;
  /** Whether the person's answers do not count. */
  excluded: boolean;
}

/** Images per slice of work. */
const SLICE = 1 << 10;

interface ImageModel {
  /** The probability of each label, from the answers that count, at `image * labels + label`. */
  probabilities: Float64Array;
  prior: Prior;
  /** Number of labels. */
  labels: number;
}

/**
 * Compares every person's votes with the labels of the images. On gold images their first votes count.
 * @param answers all answers, because excluded people are described, too
 */
export function* labelersSliced(
  answers: LastAnswers,
  trust: Trust,
  { probabilities, prior, labels }: ImageModel,
): Sliced<Labeler[]> {
  const { people, byImage, unsure, gold } = yield* countedVotesSliced(answers, {
    ...trust,
    excluded: NOTHING_KNOWN.excluded,
  });
  const goldAnswers = people.map((): { truth: Label; first: Label }[] => []);
  const voted = people.map(() => 0);
  /** Votes on images with a label, and those of them for that label, by `person * labels + label`. */
  const given = new Float64Array(people.length * labels);
  const agreeing = new Float64Array(given.length);
  for (const [image, votes] of byImage.entries()) {
    const truth = gold.get(image);
    for (const vote of votes) {
      if (truth !== undefined) goldAnswers[vote.person]?.push({ truth, first: vote.label });
      voted[vote.person] = (voted[vote.person] ?? 0) + 1;
      for (let label = 0; label < labels; label += 1) {
        const share = probabilities[image * labels + label] ?? 0;
        const index = vote.person * labels + label;
        given[index] = (given[index] ?? 0) + share;
        if (vote.label === label) agreeing[index] = (agreeing[index] ?? 0) + share;
      }
    }
    if (image % SLICE === 0) yield;
  }
  const unsureAnswers = people.map(() => 0);
  for (const others of unsure.values())
    for (const { person } of others) unsureAnswers[person] = (unsureAnswers[person] ?? 0) + 1;
  const labelers: Labeler[] = [];
  for (const [person, labeler] of people.entries()) {
    const reliability = Array.from({ length: labels }, (_, label) => {
      const votes = given[person * labels + label] ?? 0;
      return reliabilityOf(agreeing[person * labels + label] ?? 0, votes, prior);
    });
    const unsureCount = unsureAnswers[person] ?? 0;
    labelers.push({
      labeler,
      images: (voted[person] ?? 0) + unsureCount,
      unsure: unsureCount,
      reliability,
      gold: goldRecordOf(goldAnswers[person] ?? [], labels),
      excluded: trust.excluded.has(labeler),
    });
    yield;
  }
  return labelers;
}

/** @param agreeing how many of the answers agree, also in fractions */
export function reliabilityOf(agreeing: number, answers: number, { right, wrong }: Prior): Reliability {
  // A sum of shares may differ from the whole in its last digits.
  const [a, b] = [agreeing + right, Math.max(answers - agreeing, 0) + wrong];
  return { share: a / (a + b), ...betaInterval(a, b), answers };
}

/** The mean of independent shares. Its interval is that of a beta distribution with the same mean and variance. */
export function meanReliability(byLabel: readonly Reliability[], { right, wrong }: Prior): Reliability {
  let [share, variance, answers] = [0, 0, 0];
  for (const one of byLabel) {
    share += one.share / byLabel.length;
    variance += (one.share * (1 - one.share)) / (one.answers + right + wrong + 1) / byLabel.length ** 2;
    answers += one.answers;
  }
  const total = (share * (1 - share)) / variance - 1;
  return { share, ...betaInterval(share * total, (1 - share) * total), answers };
}
