import { collectAgreement } from "./agreement.ts";
import type { ChosenModel } from "./choose-model.ts";
import { labelersSliced, type Labeler } from "./labelers.ts";
import { probabilitiesOf, type Scorer } from "./method.ts";
import type { Label, Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import { imageStanding } from "./standing.ts";
import type { Trust } from "./trust.ts";
import { findLeader, findMajority, type Majority } from "./majority.ts";
import { type LastAnswers, type Votes } from "./votes.ts";

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
  /** Whether its label is known. */
  gold: boolean;
}

export interface Consensus {
  /** Every image with answers that count, sorted by name. */
  images: readonly ImageConsensus[];
  /** Every labeler, excluded ones included, sorted by pseudonym. */
  people: readonly Labeler[];
  /** Krippendorff's alpha, or undefined if it cannot be computed. */
  alpha: number | undefined;
}

/** How an export labels images. */
interface Model extends Pick<ChosenModel, "probabilities" | "prior"> {
  /** Scores as the bot does while people label, which says what is settled. */
  score: Scorer;
}

interface ConsensusInput {
  /** All answers. */
  answers: LastAnswers;
  /** Those of them that count: see `countedVotesSliced`. */
  votes: Votes;
  trust: Trust;
  question: Pick<Question, "labels" | "settleAt">;
}

/** Computes the consensus on every answered image and the reliability of every labeler. @param model of the votes that count */
export function* computeConsensusSliced(
  { answers, votes, trust, question }: ConsensusInput,
  { probabilities, prior, score }: Model,
): Sliced<Consensus> {
  const labels = question.labels.length;
  const agreement = collectAgreement();
  const images: ImageConsensus[] = [];
  for (let index = 0; index < votes.images.length; index += 1) {
    if (index % SLICE === 0) yield;
    if ((votes.byImage[index]?.length ?? 0) === 0 && !votes.unsure.has(index)) continue;
    const estimate = probabilitiesOf(probabilities, index, labels);
    const image = consensusOn(index, votes, { estimate, score, question });
    agreement.add(image.votes);
    images.push(image);
  }
  const people = yield* labelersSliced(answers, trust, { probabilities, prior, labels });
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

/** @param model.estimate the probability of each label */
function consensusOn(
  index: number,
  votes: Votes,
  model: {
    estimate: readonly number[];
    score: Scorer;
    question: Pick<Question, "labels" | "settleAt">;
  },
): ImageConsensus {
  const { estimate, score, question } = model;
  const given = votes.byImage[index] ?? [];
  const majority = findMajority(given, question.labels.length);
  const known = votes.gold.get(index);
  return {
    image: votes.images[index] ?? "",
    votes: majority.votes,
    voters: given.length,
    unsure: votes.unsure.get(index)?.length ?? 0,
    majority: majority.label,
    probabilities: estimate,
    label: known ?? (given.length === 0 ? "tie" : findLeader(estimate).label),
    settled: imageStanding(index, votes, { score, settleAt: question.settleAt }).settled,
    gold: known !== undefined,
  };
}
