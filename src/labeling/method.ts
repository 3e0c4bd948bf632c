import { confusionVotesSliced, ownLabels } from "./confusion.ts";
import { dawidSkeneSliced, type Estimate } from "./dawid-skene.ts";
import { packVotesSliced } from "./packed-votes.ts";
import type { Question } from "./question.ts";
import { indexesSliced, type Sliced } from "./sliced.ts";
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
  return yield* fitOfSliced(votes.people, estimate);
}

/** @param people whose votes were estimated */
export function* fitOfSliced(people: readonly string[], estimate: Estimate): Sliced<Fit> {
  return { estimate, scorer: scorerOf(yield* skillsSliced(people, estimate)) };
}

/** The probability of each label for one image. @param probabilities of all images, at `image * labels + label` */
export function probabilitiesOf(
  probabilities: Float64Array,
  image: number,
  labels: number,
): readonly number[] {
  return [...probabilities.subarray(image * labels, (image + 1) * labels)];
}

/** What is known about people. */
interface Skills {
  /** The index of each known person, by pseudonym. */
  indexes: ReadonlyMap<string, number>;
  /** The logarithm of the frequency of each label. */
  logWeights: Float64Array;
  /** That of the probability of each vote, at `(person * labels + vote) * labels + label`. The last person is an unknown one. */
  logVotes: Float64Array;
}

/** Logarithms, or people, per slice of work. */
const SLICE = 1 << 13;

function* skillsSliced(people: readonly string[], { weights, votes, prior }: Estimate): Sliced<Skills> {
  const labels = weights.length;
  const unknown = yield* confusionVotesSliced(new Float64Array(labels ** 2), ownLabels(labels, prior));
  const logVotes = new Float64Array(votes.length + unknown.length);
  for (let index = 0; index < logVotes.length; index += 1) {
    logVotes[index] = Math.log(votes[index] ?? unknown[index - votes.length] ?? 0);
    if (index % SLICE === 0) yield;
  }
  const indexes = yield* indexesSliced(people);
  return { indexes, logWeights: weights.map(Math.log), logVotes };
}

const NOT_SEARCHED = -1;

/** Scores votes with what is known about people. Unknown people answer as the prior says. */
function scorerOf({ indexes, logWeights, logVotes }: Skills): Fit["scorer"] {
  return ({ people }) => {
    /** The index among all known people of each of these, as soon as it is needed. */
    const found = new Int32Array(people.length).fill(NOT_SEARCHED);
    function knownIndex(person: number): number {
      if (found[person] === NOT_SEARCHED) found[person] = indexes.get(people[person] ?? "") ?? indexes.size;
      return found[person] ?? indexes.size;
    }
    return (votes) =>
      scoreVotes(
        votes.map(({ person, label }) => ({ person: knownIndex(person), label })),
        logWeights,
        logVotes,
      );
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
