import {
  dawidSkeneSliced,
  priorSkill,
  SMALL_SAMPLE_PRIOR,
  voteScorer,
  type SkillModel,
  type Sliced,
} from "./dawid-skene.ts";
import type { Question } from "./question.ts";
import { findMajority, type Vote, type Votes } from "./votes.ts";

/** Returns the probability of each label from the votes on one image. */
export type Scorer = (votes: readonly Vote[]) => readonly number[];

/** What a method has learned from the votes of a project. */
export interface Fit {
  method: "dawid-skene" | "plurality";
  /** The probability of each label, by index of the image in the votes. */
  probabilities: (image: number) => readonly number[];
  /** The estimated share of the images with each label to which a person gives that label, by index of the person in the votes. */
  accuracies: readonly (readonly number[])[];
  /** Returns a function that scores newer votes of the same project with what was learned about people. */
  scorer: (votes: Pick<Votes, "people">) => Scorer;
}

/**
 * Combines the votes of several people: by two-coin Dawid–Skene for two labels, by counting for more. All that depends on this
 * choice is in the fit.
 */
export function fitSliced(votes: Votes, { labels }: Pick<Question, "labels">): Sliced<Fit> {
  return labels.length === 2 ? fitDawidSkene(votes) : fitPlurality(votes, labels.length);
}

function* fitDawidSkene(votes: Votes): Sliced<Fit> {
  const { probabilities, ...model } = yield* dawidSkeneSliced(votes, SMALL_SAMPLE_PRIOR);
  return {
    method: "dawid-skene",
    probabilities: (image) => ofBothLabels(probabilities[image] ?? model.prevalence),
    accuracies: model.skills.map(({ sensitivity, specificity }) => [specificity, sensitivity]),
    scorer: skillScorer(votes.people, model),
  };
}

/** @param probability of label 1 */
function ofBothLabels(probability: number): readonly number[] {
  return [1 - probability, probability];
}

/** Scores votes with the known skills. Unknown people get the skill of the prior. */
function skillScorer(people: readonly string[], { skills, prevalence }: SkillModel): Fit["scorer"] {
  const skillOf = new Map(people.map((labeler, person) => [labeler, skills[person]]));
  const unknown = priorSkill(SMALL_SAMPLE_PRIOR);
  return (votes) => {
    const score = voteScorer({
      skills: votes.people.map((labeler) => skillOf.get(labeler) ?? unknown),
      prevalence,
    });
    return (imageVotes) => ofBothLabels(score(imageVotes));
  };
}

/** Number of images per slice of work. */
const SLICE = 1_000;

function* fitPlurality(votes: Votes, labels: number): Sliced<Fit> {
  const { right, wrong } = SMALL_SAMPLE_PRIOR;
  /** Votes on images with a label, and those of them for that label, by `person * labels + label`. */
  const given = new Float64Array(votes.people.length * labels);
  const agreeing = new Float64Array(given.length);
  for (const [image, imageVotes] of votes.byImage.entries()) {
    if (image % SLICE === 0) yield;
    const { label } = findMajority(imageVotes, labels);
    if (label === "tie") continue;
    for (const vote of imageVotes) {
      const index = vote.person * labels + label;
      given[index] = (given[index] ?? 0) + 1;
      if (vote.label === label) agreeing[index] = (agreeing[index] ?? 0) + 1;
    }
  }
  const shares = Array.from(
    given,
    (count, index) => ((agreeing[index] ?? 0) + right) / (count + right + wrong),
  );
  const score = shareScorer(labels);
  return {
    method: "plurality",
    probabilities: (image) => score(votes.byImage[image] ?? []),
    accuracies: votes.people.map((_, person) => shares.slice(person * labels, (person + 1) * labels)),
    scorer: () => score,
  };
}

/** The probability that the next person gives each label, if nothing was known before the votes: one vote is added for each. */
function shareScorer(labels: number): Scorer {
  return (votes) => {
    const total = votes.length + labels;
    return findMajority(votes, labels).votes.map((count) => (count + 1) / total);
  };
}
