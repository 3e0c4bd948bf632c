import { confusionVotes, ownLabels } from "./confusion.ts";
import { dawidSkeneSliced, type Estimate } from "./dawid-skene.ts";
import { packVotesSliced } from "./packed-votes.ts";
import type { Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import type { Vote, Votes } from "./votes.ts";

/** What the votes on one image say. */
interface Score {
  /** The probability of each label. */
  probabilities: readonly number[];
  /** Whether another label would be as likely or likelier without the vote of some one person. */
  restsOnOne: () => boolean;
  /**
   * The probability of the likeliest label against the strongest other one, if whoever wrongly answered the former always takes the
   * other for it. For two labels it is the label's probability. For more it is lower: an image that fools one person fools others
   * in the same way, so that two equal answers of five possible ones say less than they would by chance.
   */
  sureness: () => number;
}

/** Scores the votes on one image. */
export type Scorer = (votes: readonly Vote[]) => Score;

/** What was learned from the votes of a project while people label. */
export interface Fit {
  estimate: Estimate;
  /** Returns a function that scores newer votes of the same project with what was learned about people. */
  scorer: (votes: Pick<Votes, "people">) => Scorer;
}

/**
 * Combines the votes of several people by Dawid–Skene, which is fast and good with few answers. Exports take more time to choose a
 * model: see `chooseModelSliced`.
 */
export function* fitSliced(votes: Votes, { labels }: Pick<Question, "labels">): Sliced<Fit> {
  const estimate = yield* dawidSkeneSliced(yield* packVotesSliced(votes, labels.length));
  return fitOf(votes.people, estimate);
}

/** @param people whose votes were estimated */
export function fitOf(people: readonly string[], estimate: Estimate): Fit {
  return { estimate, scorer: scorerOf(people, estimate) };
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
function scorerOf(people: readonly string[], { weights, votes: known, prior }: Estimate): Fit["scorer"] {
  const labels = weights.length;
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
function scoreVotes(votes: readonly Vote[], logWeights: Float64Array, logVotes: Float64Array): Score {
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
  return {
    probabilities: odds.map((value) => value / sum),
    restsOnOne: () => restsOnOne(votes, scores, logVotes),
    sureness: () => surenessOf(votes, scores, { logWeights, logVotes }),
  };
}

/** @param scores the evidence of the votes for each label */
function restsOnOne(votes: readonly Vote[], scores: readonly number[], logVotes: Float64Array): boolean {
  const labels = scores.length;
  const highest = Math.max(...scores);
  const leader = scores.indexOf(highest);
  for (const { person, label: given } of votes) {
    const base = (person * labels + given) * labels;
    const support = logVotes[base + leader] ?? 0;
    for (let label = 0; label < labels; label += 1) {
      if (label === leader) continue;
      const lead = highest - (scores[label] ?? 0);
      if (lead - (support - (logVotes[base + label] ?? 0)) <= 0) return true;
    }
  }
  return false;
}

/** @param scores the evidence of the votes for each label */
function surenessOf(
  votes: readonly Vote[],
  scores: readonly number[],
  { logWeights, logVotes }: { logWeights: Float64Array; logVotes: Float64Array },
): number {
  const labels = scores.length;
  const leader = scores.indexOf(Math.max(...scores));
  let strongest = -Infinity;
  for (let rival = 0; rival < labels; rival += 1) {
    if (rival === leader) continue;
    let odds = (logWeights[rival] ?? 0) - (logWeights[leader] ?? 0);
    for (const { person, label: given } of votes) {
      const base = (person * labels + given) * labels;
      const right = Math.exp(logVotes[(person * labels + rival) * labels + rival] ?? 0);
      const ifRival = given === leader ? Math.log1p(-right) : (logVotes[base + rival] ?? 0);
      odds += ifRival - (logVotes[base + leader] ?? 0);
    }
    strongest = Math.max(strongest, odds);
  }
  return 1 / (1 + Math.exp(strongest));
}
