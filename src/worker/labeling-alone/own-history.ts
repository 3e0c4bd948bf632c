import { answersBy, type OwnAnswer } from "../../labeling/own-answers.ts";
import { UNSURE, type Answer } from "../../labeling/question.ts";
import type { Trust } from "../../labeling/trust.ts";
import type { ReadTallyOptions } from "../../project/label-tally.ts";
import type { Texts } from "../../texts/texts.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import { shortAnswerName } from "../question-texts.ts";

/** What decides which images a person is shown, besides the answers of others. */
export interface OwnHistory {
  /** The person's current answers to all images of the project. */
  answers: readonly OwnAnswer[];
  gold: Trust["gold"];
}

/** Reads it, with all rows that were durable before the call. @param labeler pseudonym */
export async function readHistory(
  labeler: string,
  { tally, trust }: Pick<ProjectInUse, "tally" | "trust">,
  options?: ReadTallyOptions,
): Promise<OwnHistory> {
  const [{ votes }, { gold }] = await Promise.all([tally.read(options), trust.read()]);
  return { answers: answersBy(votes, labeler), gold };
}

interface Press {
  /** Interaction id. */
  id: string;
  image: string;
  label: Answer;
}

/** Says whether an answer to a gold image was right, if it is the person's first one to it. */
export function verdictOn(
  { id, image, label }: Press,
  { answers, gold }: OwnHistory,
  { question }: Pick<ProjectInUse, "question">,
  texts: Texts,
): string | undefined {
  const { gold: t } = texts;
  const known = gold.get(image);
  const first = answers.find((answer) => answer.image === image)?.first;
  if (known === undefined || (first !== undefined && first.id < BigInt(id))) return undefined;
  if (label === known) return t.right;
  const name = shortAnswerName(question, known, texts);
  return label === UNSURE ? t.unsure(name) : t.wrong(name);
}
