import type { AddAskedJob } from "../../jobs/own-uploads.ts";
import { textsFor } from "../../texts/texts.ts";
import { addFiles } from "../add-files.ts";
import { asksAbout } from "../ask-sender.ts";
import { nearDuplicateFiles } from "../near-duplicate-answer.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { uploadAnswer } from "../upload-message.ts";
import { refusalOfPress } from "./upload.ts";

/**
 * Adds the images of a message if its sender wants it, and shows the result in place of the question. Does nothing once the question
 * has been answered, as a redelivery must not add again what was removed since.
 */
export async function addAsked(
  { interaction, messageId, sourceId, answer: isWanted }: AddAskedJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { answer, answers } = context;
  const t = textsFor(interaction.locale).askUpload;
  const question = await answers.messages.read({ interaction, messageId, pressed: true });
  if (question === undefined || !asksAbout(question, sourceId)) return;
  const end = async (content: string): Promise<void> => {
    await answer.give({ content, components: [] });
  };
  if (!isWanted) return end(t.declined);
  const refusal = refusalOfPress(interaction, project, context);
  if (refusal !== undefined) return end(refusal);
  const source = await answers.personMessages.read({ channelId: interaction.channelId, messageId: sourceId });
  if (source === undefined || source.files.length === 0) return end(t.gone);
  // The bot has checked it, too, by the sender that the button names.
  if (source.authorId !== interaction.userId) return answer.refuse({ content: t.notYours });
  const outcomes = await addFiles(interaction, source.files, project, context, {
    sourceId,
    answerId: messageId,
  });
  if (outcomes === undefined) return;
  const files = await nearDuplicateFiles(outcomes, project, context);
  await answer.give({ ...uploadAnswer(outcomes, interaction, project), files });
}
