import { dawidSkene, THIN_DATA, type Estimate } from "./dawid-skene.ts";
import { krippendorffAlpha } from "./krippendorff.ts";
import type { Label } from "./label.ts";
import { majorityOf } from "./majority.ts";
import { isSettled } from "./settled.ts";
import type { Votes } from "./votes.ts";

/** What people together think of one image. */
export interface ImageConsensus {
  image: string;
  /** Votes for each label: the last answer of each person. */
  votes: Readonly<Record<Label, number>>;
  majority: Label | "tie";
  /** That it is a hot dog, by Dawid–Skene with a prior for thin data; from 0 to 1. */
  probability: number;
  /** The likelier one; "tie" at a probability of exactly 0.5. */
  label: Label | "tie";
  /** Whether it needs no more votes. */
  settled: boolean;
}

/** How one person answers, as estimated; see Dawid–Skene. */
export interface Labeler {
  /** Pseudonym. */
  labeler: string;
  /** Images to which they have given an answer. */
  images: number;
  sensitivity: number;
  specificity: number;
}

export interface Consensus {
  /** In ascending order of names; only those that somebody has answered. */
  images: readonly ImageConsensus[];
  /** In ascending order of pseudonyms. */
  people: readonly Labeler[];
  /** Krippendorff's; undefined where nothing shows it. */
  alpha: number | undefined;
}

/**
 * The consensus on all images that somebody has answered, and how well each person answers.
 * @param estimate from these votes, where it was made in pieces
 */
export function consensusOf(votes: Votes, estimate: Estimate = dawidSkene(votes, THIN_DATA)): Consensus {
  return {
    images: [...consensusByImage(votes, estimate)].toSorted((a, b) => (a.image < b.image ? -1 : 1)),
    people: labelersIn(votes, estimate).toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1)),
    alpha: krippendorffAlpha(votes),
  };
}

/** That on each image that somebody has answered, in the order of the votes. @param estimate from these votes */
export function* consensusByImage(
  { images, of }: Votes,
  { probabilities }: Pick<Estimate, "probabilities">,
): Generator<ImageConsensus, void> {
  for (const [index, given] of of.entries()) {
    const majority = majorityOf(given);
    const probability = probabilities[index] ?? 0.5;
    if (majority === undefined) continue;
    yield {
      image: images[index] ?? "",
      votes: majority.votes,
      majority: majority.label,
      probability,
      label: likelier(probability),
      settled: isSettled(majority),
    };
  }
}

function labelersIn({ people, of }: Votes, { skills }: Estimate): Labeler[] {
  const answered = new Map<number, number>();
  for (const { person } of of.flat()) answered.set(person, (answered.get(person) ?? 0) + 1);
  return people.map((labeler, person) => ({
    labeler,
    images: answered.get(person) ?? 0,
    sensitivity: skills[person]?.sensitivity ?? 0,
    specificity: skills[person]?.specificity ?? 0,
  }));
}

function likelier(probability: number): Label | "tie" {
  if (probability === 0.5) return "tie";
  return probability > 0.5 ? 1 : 0;
}
