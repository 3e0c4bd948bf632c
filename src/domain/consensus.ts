import { dawidSkene, THIN_DATA } from "./dawid-skene.ts";
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

/** The consensus on all images that somebody has answered, and how well each person answers. */
export function consensusOf(votes: Votes): Consensus {
  const { images, people, of } = votes;
  const { probabilities, skills } = dawidSkene(votes, THIN_DATA);
  const answered = new Map<number, number>();
  for (const { person } of of.flat()) answered.set(person, (answered.get(person) ?? 0) + 1);
  return {
    images: of
      .flatMap((given, index) => {
        const majority = majorityOf(given);
        const probability = probabilities[index] ?? 0.5;
        if (majority === undefined) return [];
        return {
          image: images[index] ?? "",
          votes: majority.votes,
          majority: majority.label,
          probability,
          label: likelier(probability),
          settled: isSettled(majority),
        };
      })
      .toSorted((a, b) => (a.image < b.image ? -1 : 1)),
    people: people
      .map((labeler, person) => ({
        labeler,
        images: answered.get(person) ?? 0,
        sensitivity: skills[person]?.sensitivity ?? 0,
        specificity: skills[person]?.specificity ?? 0,
      }))
      .toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1)),
    alpha: krippendorffAlpha(votes),
  };
}

function likelier(probability: number): Label | "tie" {
  if (probability === 0.5) return "tie";
  return probability > 0.5 ? 1 : 0;
}
