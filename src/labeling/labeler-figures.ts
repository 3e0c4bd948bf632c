import { labelersSliced, type Labeler } from "./labelers.ts";
import { fitSliced } from "./method.ts";
import { paceOf } from "./pace.ts";
import type { Question } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import { countedVotesSliced, type Trust } from "./trust.ts";
import type { LastAnswers } from "./votes.ts";

/** What moderators see of one person. */
export interface LabelerFigures extends Labeler {
  /** Median seconds between two successive answers without a break, or undefined if there are none. */
  pace: number | undefined;
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
  const counted = yield* countedVotesSliced(answers, trust);
  const { estimate } = yield* fitSliced(counted, question);
  const model = { ...estimate, labels: question.labels.length };
  const labelers = yield* labelersSliced(answers, trust, model);
  const ids = yield* pressesSliced(answers);
  const figures: LabelerFigures[] = [];
  for (const [person, labeler] of labelers.entries()) {
    figures.push({ ...labeler, pace: paceOf(ids[person] ?? []) });
    yield;
  }
  return figures;
}

/** Images per slice of work. */
const SLICE = 1 << 10;

/** The interaction ids of everybody's last answers, parallel to the people. */
function* pressesSliced({ people, byImage, unsure }: LastAnswers): Sliced<bigint[][]> {
  const ids = people.map((): bigint[] => []);
  for (const [image, answers] of byImage.entries()) {
    for (const { person, id } of answers) ids[person]?.push(id);
    if (image % SLICE === 0) yield;
  }
  for (const answers of unsure.values()) for (const { person, id } of answers) ids[person]?.push(id);
  return ids;
}
