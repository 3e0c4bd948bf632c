import { answersBy } from "./own-answers.ts";
import { UNSURE, type Answer, type Label } from "./question.ts";
import type { Trust } from "./trust.ts";
import type { LastAnswers } from "./votes.ts";

/** A person's first answer to a gold image. Only the first one counts, because the person may be told whether it was right. */
export interface GoldAnswer {
  image: string;
  /** The known label of the image. */
  truth: Label;
  first: Answer;
  /** Interaction id of the press. */
  id: bigint;
}

/** Right answers of all to some gold images. Who was not sure has not voted. */
interface GoldShare {
  right: number;
  voted: number;
}

/** How one person has answered gold images. */
export interface GoldRecord extends GoldShare {
  /** By the known label of the images. */
  byLabel: readonly GoldShare[];
}

/**
 * One person's first answers to gold images, in no order.
 * @param answers all answers, not only those that count
 * @param labeler pseudonym
 */
export function goldAnswersBy(answers: LastAnswers, labeler: string, gold: Trust["gold"]): GoldAnswer[] {
  if (gold.size === 0) return [];
  return answersBy(answers, labeler).flatMap(({ image, first }) => {
    const truth = gold.get(image);
    return truth === undefined ? [] : [{ image, truth, first: first.label, id: first.id }];
  });
}

/** Counts right answers to gold images. @param labels number of labels of the question */
export function goldRecordOf(
  answers: readonly Pick<GoldAnswer, "truth" | "first">[],
  labels: number,
): GoldRecord {
  const byLabel = Array.from({ length: labels }, (): GoldShare => ({ right: 0, voted: 0 }));
  const all = { right: 0, voted: 0, byLabel };
  for (const { truth, first } of answers) {
    if (first === UNSURE) continue;
    for (const share of [all, byLabel[truth]]) {
      if (share === undefined) continue;
      share.voted += 1;
      share.right += Number(first === truth);
    }
  }
  return all;
}
