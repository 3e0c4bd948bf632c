import { collectAgreement } from "./agreement.ts";
import type { ChosenModel } from "./choose-model.ts";
import { labelersSliced, type Labeler } from "./labelers.ts";
import { probabilitiesOf, type Fit } from "./method.ts";
import type { Label, Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
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

export interface Consensus {
  /** Every answered image, sorted by name. */
  images: readonly ImageConsensus[];
  /** Every labeler, sorted by pseudonym. */
  people: readonly Labeler[];
  /** Krippendorff's alpha, or undefined if it cannot be computed. */
  alpha: number | undefined;
}

/** Computes the consensus on every answered image and the reliability of every labeler. @param model of these votes */
export function* computeConsensusSliced(
  votes: Votes,
  { probabilities, prior }: Pick<ChosenModel, "probabilities" | "prior">,
  question: Pick<Question, "labels">,
): Sliced<Consensus> {
  const labels = question.labels.length;
  const fit = { probabilities: (image: number) => probabilitiesOf(probabilities, image, labels) };
  const agreement = collectAgreement();
  const images: ImageConsensus[] = [];
  for (const image of consensusByImage(votes, fit, question)) {
    agreement.add(image.votes);
    images.push(image);
    if (images.length % SLICE === 0) yield;
  }
  const people = yield* labelersSliced(votes, { probabilities, prior, labels });
  return {
    images: yield* sortedSliced(images, ({ image }) => image),
    people: yield* sortedSliced(people, ({ labeler }) => labeler),
    alpha: agreement.alpha(),
  };
}

/** Images per slice of work. */
const SLICE = 1_000;
/** Letters of a name that are a hash. They make groups that are fast to sort. */
const GROUP_LETTERS = 2;

/** Sorts by names that are hashes, in slices: group by group. */
function* sortedSliced<Item>(items: readonly Item[], nameOf: (item: Item) => string): Sliced<Item[]> {
  const groups = new Map<string, Item[]>();
  for (const [index, item] of items.entries()) {
    const start = nameOf(item).slice(0, GROUP_LETTERS);
    const group = groups.get(start);
    if (group === undefined) groups.set(start, [item]);
    else group.push(item);
    if (index % SLICE === 0) yield;
  }
  const sorted: Item[] = [];
  for (const start of [...groups.keys()].toSorted()) {
    const group = groups.get(start) ?? [];
    for (const item of group.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) sorted.push(item);
    yield;
  }
  return sorted;
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
