import type { Answer } from "./question.ts";
import type { LastAnswers, Press } from "./votes.ts";

/** A person's current answer to one image. */
export interface OwnAnswer {
  image: string;
  label: Answer;
  /** Interaction id of the press. */
  id: bigint;
  /** The person's first answer to the image, which may be the current one. */
  first: Press;
}

/** One person's current answers, in no order. @param labeler pseudonym */
export function answersBy(votes: LastAnswers, labeler: string): OwnAnswer[] {
  const person = votes.people.indexOf(labeler);
  const isOwn = (answer: { person: number }): boolean => answer.person === person;
  return (votes.byPerson[person] ?? []).flatMap((index) => {
    const image = votes.images[index];
    const answer = votes.byImage[index]?.find(isOwn) ?? votes.unsure.get(index)?.find(isOwn);
    if (image === undefined || answer === undefined) return [];
    const { label, id, first = { label, id } } = answer;
    return [{ image, label, id, first }];
  });
}

/** Finds the last answer before a press, or the last one of all. @param before interaction id of the press */
export function lastAnswer(answers: readonly OwnAnswer[], before?: bigint): OwnAnswer | undefined {
  let last: OwnAnswer | undefined;
  for (const answer of answers) {
    const isBefore = before === undefined || answer.id < before;
    if (isBefore && (last === undefined || answer.id > last.id)) last = answer;
  }
  return last;
}
