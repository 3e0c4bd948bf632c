import { goldAnswersBy, goldRecordOf, type GoldRecord } from "./gold-answers.ts";
import { meanReliability, reliabilityOf, type Labeler, type Reliability } from "./labelers.ts";
import { fitSliced } from "./method.ts";
import { paceOf } from "./pace.ts";
import type { Question } from "./question.ts";
import { settledAgreementSliced, type SettledAgreement } from "./settled-agreement.ts";
import type { Sliced } from "./sliced.ts";
import { countedVotesSliced, type Trust } from "./trust.ts";
import type { LastAnswers } from "./votes.ts";

/** What moderators see of one person. */
export interface LabelerFigures extends Pick<Labeler, "labeler" | "images" | "gold" | "excluded"> {
  /**
   * How often the person gives the label of gold images and of images whose label the others are sure of: the mean over their labels,
   * so that always giving the most frequent one is not reliable. Undefined if there are no such images.
   */
  reliability: Reliability | undefined;
  /** Median seconds between two successive answers without a break, or undefined if there are none. */
  pace: number | undefined;
}

/** Half an answer each way (Jeffreys' prior): nothing is assumed about a person whom somebody may exclude. */
const NEUTRAL = { right: 0.5, wrong: 0.5 };

/**
 * Describes everybody with enough answers, excluded people included, in no order. Unlike the reliability of exports, which the
 * consensus goes by, theirs leaves out what rests on their own answers: of two people who contradict each other on images that nobody
 * else has answered, nobody can say who is right.
 * @param answers all answers up to the moment that the figures are about
 */
export function* labelerFiguresSliced(
  answers: LastAnswers,
  trust: Trust,
  { question, minAnswers }: { question: Pick<Question, "labels" | "settleAt">; minAnswers: number },
): Sliced<LabelerFigures[]> {
  const counted = yield* countedVotesSliced(answers, trust);
  const { scorer } = yield* fitSliced(counted, question);
  const ids = yield* pressesSliced(answers);
  const compared = { answers, counted, score: scorer(counted), question };
  const figures: LabelerFigures[] = [];
  for (const [person, labeler] of answers.people.entries()) {
    yield;
    const images = answers.byPerson[person]?.length ?? 0;
    if (images < minAnswers) continue;
    const gold = goldRecordOf(goldAnswersBy(answers, labeler, trust.gold), question.labels.length);
    const settled = yield* settledAgreementSliced(labeler, compared);
    figures.push({
      labeler,
      images,
      gold,
      excluded: trust.excluded.has(labeler),
      reliability: measured(gold, settled),
      pace: paceOf(ids[person] ?? []),
    });
  }
  return figures;
}

function measured(gold: GoldRecord, settled: SettledAgreement): Reliability | undefined {
  const byLabel = settled.byLabel.flatMap(({ agreeing, voted }, label) => {
    const known = gold.byLabel[label] ?? { right: 0, voted: 0 };
    const answers = voted + known.voted;
    return answers === 0 ? [] : [reliabilityOf(agreeing + known.right, answers, NEUTRAL)];
  });
  return byLabel.length === 0 ? undefined : meanReliability(byLabel, NEUTRAL);
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
