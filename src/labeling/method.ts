import { confusionVotes, ownLabels } from "./confusion.ts";
import { dawidSkeneSliced, type Estimate } from "./dawid-skene.ts";
import { packVotesSliced } from "./packed-votes.ts";
import type { Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import type { Vote, Votes } from "./votes.ts";

/** Returns the probability of each label from the votes on one image. */
export type Scorer = (votes: readonly Vote[]) => readonly number[];

/** What was learned from the votes of a project while people label. */
export interface Fit {
  /** The probability of each label, by index of the image in the votes. */
  probabilities: (image: number) => readonly number[];
  /** Returns a function that scores newer votes of the same project with what was learned about people. */
  scorer: (votes: Pick<Votes, "people">) => Scorer;
}

/**
 * Combines the votes of several people by Dawid–Skene, which is fast and good with few answers. Exports take more time to choose a
 * model: see `chooseModelSliced`.
 */
export function* fitSliced(votes: Votes, { labels }: Pick<Question, "labels">): Sliced<Fit> {
  const estimate = yield* dawidSkeneSliced(yield* packVotesSliced(votes, labels.length));
  return {
    probabilities: (image) => probabilitiesOf(estimate.probabilities, image, labels.length),
    scorer: scorerOf(votes.people, estimate, labels.length),
  };
}

/** The probability of each label for one image. @param probabilities of all images, at `image * labels + label` */
export function probabilitiesOf(
  probabilities: Float64Array,
  image: number,
  labels: number,
): readonly number[] {
  return [...probabilities.subarray(image * labels, (image + 1) * labels)];
}

/** Scores votes with what is known about people. Unknown people answer as the prior says. */
function scorerOf(
  people: readonly string[],
  { weights, votes: known, prior }: Estimate,
  labels: number,
): Fit["scorer"] {
  const indexes = new Map(people.map((labeler, person) => [labeler, person]));
  const size = labels ** 2;
  const logWeights = weights.map(Math.log);
  const knownLogs = known.map(Math.log);
  const unknownLogs = confusionVotes(new Float64Array(size), ownLabels(labels, prior)).map(Math.log);
  return (votes) => {
    const logVotes = new Float64Array(votes.people.length * size);
    for (const [person, labeler] of votes.people.entries()) {
      const index = indexes.get(labeler);
      const logs = index === undefined ? unknownLogs : knownLogs.subarray(index * size, (index + 1) * size);
      logVotes.set(logs, person * size);
    }
    return (imageVotes) => scoreVotes(imageVotes, logWeights, logVotes);
  };
}

/** Adds up the evidence for each label against the first one, so that opposite votes of equal people cancel exactly. */
function scoreVotes(
  votes: readonly Vote[],
  logWeights: Float64Array,
  logVotes: Float64Array,
): readonly number[] {
  const labels = logWeights.length;
  const scores = Array.from(logWeights, (weight, label) => {
    let score = weight - (logWeights[0] ?? 0);
    for (const vote of votes) {
      const base = (vote.person * labels + vote.label) * labels;
      score += (logVotes[base + label] ?? 0) - (logVotes[base] ?? 0);
    }
    return score;
  });
  const highest = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - highest));
  const sum = odds.reduce((total, value) => total + value, 0);
  return odds.map((value) => value / sum);
}
