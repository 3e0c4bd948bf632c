import { krippendorffAlpha } from "./agreement.ts";
import { dawidSkene, SMALL_SAMPLE_PRIOR, type Estimate } from "./dawid-skene.ts";
import { findMajority, isSettled, type Label, type Majority, type Votes } from "./votes.ts";

/** The combined label of one image. */
export interface ImageConsensus {
  image: string;
  votes: Majority["votes"];
  majority: Majority["label"];
  /** Probability from 0 to 1 that the image is a hot dog, by Dawid–Skene with a prior for small samples. */
  probability: number;
  /** The likelier label, or "tie" if the probability is exactly 0.5. */
  label: Label | "tie";
  /** Whether the image needs no more votes. */
  settled: boolean;
}

/** The estimated accuracy of one person, by Dawid–Skene. */
export interface Labeler {
  /** Pseudonym. */
  labeler: string;
  /** Number of images the person has answered. */
  images: number;
  sensitivity: number;
  specificity: number;
}

export interface Consensus {
  /** Every answered image, sorted by name. */
  images: readonly ImageConsensus[];
  /** Every labeler, sorted by pseudonym. */
  people: readonly Labeler[];
  /** Krippendorff's alpha, or undefined if it cannot be computed. */
  alpha: number | undefined;
}

/**
 * Computes the consensus on every answered image and the accuracy of every labeler.
 * @param estimate the Dawid–Skene estimate of these votes, if there is one already
 */
export function computeConsensus(
  votes: Votes,
  estimate: Estimate = dawidSkene(votes, SMALL_SAMPLE_PRIOR),
): Consensus {
  return {
    images: [...consensusByImage(votes, estimate)].toSorted((a, b) => (a.image < b.image ? -1 : 1)),
    people: computeLabelers(votes, estimate).toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1)),
    alpha: krippendorffAlpha(votes),
  };
}

/** Yields the consensus on each answered image, in the order of the votes. */
export function* consensusByImage(
  { images, byImage }: Votes,
  { probabilities }: Pick<Estimate, "probabilities">,
): Generator<ImageConsensus, void> {
  for (const [index, votes] of byImage.entries()) {
    const majority = findMajority(votes);
    const probability = probabilities[index] ?? 0.5;
    if (majority === undefined) continue;
    yield {
      image: images[index] ?? "",
      votes: majority.votes,
      majority: majority.label,
      probability,
      label: probability === 0.5 ? "tie" : probability > 0.5 ? 1 : 0,
      settled: isSettled(majority),
    };
  }
}

function computeLabelers({ people, byImage }: Votes, { skills }: Estimate): Labeler[] {
  const counts = people.map(() => 0);
  for (const { person } of byImage.flat()) counts[person] = (counts[person] ?? 0) + 1;
  return people.map((labeler, person) => ({
    labeler,
    images: counts[person] ?? 0,
    sensitivity: skills[person]?.sensitivity ?? 0,
    specificity: skills[person]?.specificity ?? 0,
  }));
}
