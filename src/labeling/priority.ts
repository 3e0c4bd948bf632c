import { indexesSliced, type Sliced } from "./sliced.ts";
import type { Scorer } from "./method.ts";
import type { Question } from "./question.ts";
import { imageStanding } from "./standing.ts";
import type { Votes } from "./votes.ts";

/** How a round picks its images: at random, or by labeling priority (the images that need answers most come first). */
export const IMAGE_ORDERS = ["random", "needed"] as const;
export type ImageOrder = (typeof IMAGE_ORDERS)[number];

/** How far the labeling of one image has come, as seen by the asker: the person who asks for a round. */
interface ImageStatus {
  /** Number of people whose answers count, those who are not sure included. */
  answers: number;
  /** How much likelier the likeliest label is than the next one, from 0 to 1. */
  margin: number;
  settled: boolean;
  /** A second answer would add nothing. The answers of excluded askers are among these, so that they see nothing different. */
  answeredByAsker: boolean;
}

/** Returns the status of an image for one asker. */
export type ImageStatusOf = (image: string) => ImageStatus;
/** Returns the lookup for one asker, given by pseudonym. */
export type ImageStatusFor = (asker: string) => ImageStatusOf;

/**
 * Computes the status of every image: 0.1 s for 200,000 images.
 * @param votes the answers that count
 * @param score scores these votes
 * @param all all answers, with the same indexes
 */
export function* imageStatusesSliced(
  votes: Votes,
  { score, settleAt }: { score: Scorer } & Pick<Question, "settleAt">,
  all: Pick<Votes, "byImage" | "unsure"> = votes,
): Sliced<ImageStatusFor> {
  const imageIndexes = yield* indexesSliced(votes.images);
  const personIndexes = new Map(votes.people.map((labeler, index) => [labeler, index]));

  return (asker) => {
    const askerIndex = personIndexes.get(asker);
    const isAmong = (people: readonly { person: number }[]): boolean =>
      people.some(({ person }) => person === askerIndex);
    return (image) => {
      const index = imageIndexes.get(image) ?? -1;
      const { margin, settled } = imageStanding(index, votes, { score, settleAt });
      return {
        answers: (votes.byImage[index]?.length ?? 0) + (votes.unsure.get(index)?.length ?? 0),
        margin,
        settled,
        answeredByAsker: isAmong(all.byImage[index] ?? []) || isAmong(all.unsure.get(index) ?? []),
      };
    };
  };
}

/** The share of open images that count as equally uncertain, so that simultaneous rounds show different images. */
const UNCERTAIN_SHARE = 1 / 4;
/** At least one round of images counts as equally uncertain. */
const MIN_UNCERTAIN = 4;

type Candidate = ImageStatus & { image: string };

/**
 * Sorts images by labeling priority (uncertainty sampling): unanswered images come first; then open images, that is answered
 * and not settled, that the asker has not answered; then the other open images, because other people see the round too; then
 * settled images. Among open images the least certain quarter, by margin, comes first. Ties keep the order of the candidates, which is
 * random in each round, so that simultaneous rounds hardly ever show the same images.
 */
export function prioritize(candidates: readonly string[], statusOf: ImageStatusOf): string[] {
  return byPriority(candidates, statusOf).map(({ image }) => image);
}

function byPriority(candidates: readonly string[], statusOf: ImageStatusOf): Candidate[] {
  const all = candidates.map((image): Candidate => ({ image, ...statusOf(image) }));
  const isNew = ({ answers, settled, answeredByAsker }: Candidate): boolean =>
    answers === 0 && !settled && !answeredByAsker;
  const open = all.filter((candidate) => !candidate.settled && !isNew(candidate));
  return [
    ...all.filter(isNew),
    ...leastCertainFirst(open.filter(({ answeredByAsker }) => !answeredByAsker)),
    ...leastCertainFirst(open.filter(({ answeredByAsker }) => answeredByAsker)),
    ...all.filter(({ settled }) => settled),
  ];
}

/** The images that need answers from one person, by labeling priority. @param isAnswered whether the person has answered an image */
export function imagesToAnswer(
  candidates: readonly string[],
  statusOf: ImageStatusOf | undefined,
  isAnswered: (image: string) => boolean,
): string[] {
  const unanswered = candidates.filter((image) => !isAnswered(image));
  if (statusOf === undefined) return unanswered;
  return byPriority(unanswered, statusOf)
    .filter(({ settled }) => !settled)
    .map(({ image }) => image);
}

/** Puts the least certain quarter first, in the order given, and sorts the rest by certainty, ascending. */
function leastCertainFirst(open: readonly Candidate[]): Candidate[] {
  const sorted = open.toSorted((a, b) => a.margin - b.margin);
  const count = Math.max(Math.ceil(open.length * UNCERTAIN_SHARE), MIN_UNCERTAIN);
  const first = new Set(sorted.slice(0, count));
  return [...open.filter((candidate) => first.has(candidate)), ...sorted.slice(count)];
}
