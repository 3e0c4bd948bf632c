import { RESTJSONErrorCodes } from "discord-api-types/v10";
import type { Question } from "../labeling/question.ts";
import { hasErrorCode } from "../platform/discord/requests.ts";
import type { Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import { choicesOf } from "./question-texts.ts";
import type { AnswerTarget, JobContext } from "./run-job.ts";

/**
 * Gives a message with the labels of a question. If Discord refuses an emoji, which may be of another server or deleted, it becomes
 * text.
 */
export async function giveWithEmoji<Shown extends { question: Question }>(
  shown: Shown,
  messageOf: (shown: Shown, texts: Texts, options?: { emoji: "separate" | "in name" }) => AnswerMessage,
  texts: Texts,
  { answer, log }: Pick<JobContext, "log"> & { answer: Pick<AnswerTarget, "give"> },
): Promise<void> {
  const hasEmoji = choicesOf(shown.question, texts, { emoji: "separate" }).some(({ emoji }) => emoji);
  try {
    await answer.give(messageOf(shown, texts));
  } catch (error) {
    if (!hasEmoji || !hasErrorCode(error, [RESTJSONErrorCodes.InvalidFormBodyOrContentType])) throw error;
    log.warn({ err: error }, "Discord refused the message; its emoji are sent as text");
    await answer.give(messageOf(shown, texts, { emoji: "in name" }));
  }
}
