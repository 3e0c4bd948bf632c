import type { Scorer } from "./method.ts";
import type { Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import { standingOf } from "./standing.ts";
import type { LastAnswers } from "./votes.ts";

/** How many of a person's answers are the labels of the images. Who was not sure has not voted. */
interface AgreementShare {
  agreeing: number;
  voted: number;
}

/** How one person's answers agree with the images whose label the others are sure of. */
export interface SettledAgreement extends AgreementShare {
  /** By label of the images. */
  byLabel: readonly AgreementShare[];
}

interface SettledInput {
  /** All answers. */
  answers: LastAnswers;
  /** Those of them that count: see `countedVotesSliced`. */
  counted: LastAnswers;
  /** Scores the answers that count. */
  score: Scorer;
  question: Pick<Question, "labels" | "settleAt">;
}

/** Images per slice of work. */
const SLICE = 1_000;

/**
 * Compares a person's last answers with the labels of settled images. The person's own answer is left out of each label, so nobody
 * agrees with themselves. Images that are settled only because of the number of their answers, and gold images, are not compared.
 * @param labeler pseudonym
 */
export function* settledAgreementSliced(
  labeler: string,
  { answers, counted, score, question }: SettledInput,
): Sliced<SettledAgreement> {
  const byLabel = question.labels.map((): AgreementShare => ({ agreeing: 0, voted: 0 }));
  const all = { agreeing: 0, voted: 0, byLabel };
  const person = answers.people.indexOf(labeler);
  const isOther = (answer: { person: number }): boolean => answer.person !== person;
  for (const [done, image] of (answers.byPerson[person] ?? []).entries()) {
    if (done % SLICE === 0) yield;
    const own = answers.byImage[image]?.find((answer) => !isOther(answer));
    if (own === undefined || counted.gold.has(image)) continue;
    const votes = (counted.byImage[image] ?? []).filter(isOther);
    const unsure = (counted.unsure.get(image) ?? []).filter(isOther).length;
    const { label, sure } = standingOf({ votes, unsure }, score, question.settleAt);
    if (!sure || label === "tie") continue;
    for (const share of [all, byLabel[label]]) {
      if (share === undefined) continue;
      share.voted += 1;
      share.agreeing += Number(own.label === label);
    }
  }
  return all;
}
