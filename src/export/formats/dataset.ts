import { computeConsensus, type Consensus, type ImageConsensus } from "../../labeling/consensus.ts";
import type { Estimate } from "../../labeling/dawid-skene.ts";
import type { Label } from "../../labeling/votes.ts";
import type { LastAnswers } from "../../labeling/votes.ts";

/** What one person said last of an image. */
export interface PersonsAnswer {
  /** Pseudonym. */
  labeler: string;
  label: Label;
  /** Of the press. */
  id: bigint;
}

export interface Dataset {
  consensus: Consensus;
  /** In ascending order of pseudonyms; none for an image that nobody has answered. */
  answersTo: (image: string) => PersonsAnswer[];
}

/** An image of which one label is likelier, be it by the least. */
export interface DecidedImage extends ImageConsensus {
  label: Label;
}

/** @param estimate from these votes */
export function datasetOf(votes: LastAnswers, estimate: Estimate): Dataset {
  const places = new Map(votes.images.map((image, place) => [image, place]));
  return {
    consensus: computeConsensus(votes, estimate),
    answersTo(image) {
      const given = votes.byImage[places.get(image) ?? -1] ?? [];
      return given
        .map(({ person, label, id }) => ({ labeler: votes.people[person] ?? "", label, id }))
        .toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1));
    },
  };
}

export function isDecided(image: ImageConsensus): image is DecidedImage {
  return image.label !== "tie";
}

/** How likely the label is that the image has, from 0.5 to 1. */
export function confidenceIn({ label, probability }: DecidedImage): number {
  return label === 1 ? probability : 1 - probability;
}
