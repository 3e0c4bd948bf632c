import { goldAnswersBy, goldRecordOf, type GoldRecord } from "./gold-answers.ts";
import { labelersSliced, type Labeler } from "./labelers.ts";
import { fitSliced } from "./method.ts";
import { answersBy } from "./own-answers.ts";
import { paceOf } from "./pace.ts";
import type { Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import { countedVotesSliced, type Trust } from "./trust.ts";
import type { LastAnswers } from "./votes.ts";

/** What moderators see of one person. */
export interface LabelerFigures extends Labeler {
  gold: GoldRecord;
  /** Median seconds between two successive answers without a break, or undefined if there are none. */
  pace: number | undefined;
  excluded: boolean;
}

/**
 * Describes everybody who has answered, excluded people included, in no order. Their reliability is how often they agree with what
 * the answers that count say.
 * @param answers all answers up to the moment that the figures are about
 */
export function* labelerFiguresSliced(
  answers: LastAnswers,
  trust: Trust,
  question: Pick<Question, "labels">,
): Sliced<LabelerFigures[]> {
  const labels = question.labels.length;
  const counted = yield* countedVotesSliced(answers, trust);
  const { estimate } = yield* fitSliced(counted, question);
  const everybody = yield* countedVotesSliced(answers, { ...trust, excluded: new Set() });
  const { probabilities, prior } = estimate;
  const figures: LabelerFigures[] = [];
  for (const labeler of yield* labelersSliced(everybody, { probabilities, prior, labels })) {
    const name = labeler.labeler;
    figures.push({
      ...labeler,
      gold: goldRecordOf(goldAnswersBy(answers, name, trust.gold), labels),
      pace: paceOf(answersBy(answers, name).map(({ id }) => id)),
      excluded: trust.excluded.has(name),
    });
    yield;
  }
  return figures;
}
