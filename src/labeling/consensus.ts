import { krippendorffAlpha } from "./agreement.ts";
import type { Fit } from "./method.ts";
import type { Label, Question } from "./question.ts";
import { findLeader, findMajority, isSettled, type Majority, type Votes } from "./votes.ts";

/** The combined label of one image. */
export interface ImageConsensus {
  image: string;
  votes: Majority["votes"];
  /** Number of people who have voted. */
  voters: number;
  /** Number of people who are not sure. */
  unsure: number;
  majority: Majority["label"];
  /** The probability of each label. */
  probabilities: readonly number[];
  /** The likeliest label. "tie" if several are equally likely, or if there are no votes. */
  label: Label | "tie";
  /** Whether the image needs no more answers. */
  settled: boolean;
}

/** The estimated reliability of one person. */
export interface Labeler {
  /** Pseudonym. */
  labeler: string;
  /** Number of images the person has answered. */
  images: number;
  /** To how many of these images the person's answer is that they are not sure. */
  unsure: number;
  /** The estimated share of the images with each label to which the person gives that label. */
  accuracies: readonly number[];
}

export interface Consensus {
  method: Fit["method"];
  /** Every answered image, sorted by name. */
  images: readonly ImageConsensus[];
  /** Every labeler, sorted by pseudonym. */
  people: readonly Labeler[];
  /** Krippendorff's alpha, or undefined if it cannot be computed. */
  alpha: number | undefined;
}

/** Computes the consensus on every answered image and the reliability of every labeler. @param fit of these votes */
export function computeConsensus(votes: Votes, fit: Fit, question: Pick<Question, "labels">): Consensus {
  return {
    method: fit.method,
    images: [...consensusByImage(votes, fit, question)].toSorted((a, b) => (a.image < b.image ? -1 : 1)),
    people: computeLabelers(votes, fit).toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1)),
    alpha: krippendorffAlpha(votes, question.labels.length),
  };
}

/** Yields the consensus on each answered image, in the order of the votes. */
export function* consensusByImage(
  { images, byImage, unsure }: Votes,
  { probabilities }: Pick<Fit, "probabilities">,
  { labels }: Pick<Question, "labels">,
): Generator<ImageConsensus, void> {
  for (const [index, votes] of byImage.entries()) {
    const majority = findMajority(votes, labels.length);
    const voters = votes.length;
    const unsurePeople = unsure.get(index)?.length ?? 0;
    const estimate = probabilities(index);
    yield {
      image: images[index] ?? "",
      votes: majority.votes,
      voters,
      unsure: unsurePeople,
      majority: majority.label,
      probabilities: estimate,
      label: voters === 0 ? "tie" : findLeader(estimate).label,
      settled: isSettled(majority, voters + unsurePeople),
    };
  }
}

function computeLabelers({ people, byImage, unsure }: Votes, { accuracies }: Fit): Labeler[] {
  const votes = countByPerson(people, byImage);
  const unsureAnswers = countByPerson(people, unsure.values());
  return people.map((labeler, person) => ({
    labeler,
    images: (votes[person] ?? 0) + (unsureAnswers[person] ?? 0),
    unsure: unsureAnswers[person] ?? 0,
    accuracies: accuracies[person] ?? [],
  }));
}

function countByPerson(
  people: readonly string[],
  byImage: Iterable<readonly { person: number }[]>,
): readonly number[] {
  const counts = people.map(() => 0);
  for (const answers of byImage) for (const { person } of answers) counts[person] = (counts[person] ?? 0) + 1;
  return counts;
}
