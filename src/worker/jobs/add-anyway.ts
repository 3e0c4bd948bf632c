import { customIdsIn } from "../../jobs/custom-id.ts";
import type { AddAnywayJob } from "../../jobs/own-uploads.ts";
import type { AttachedFile } from "../../jobs/references.ts";
import { textsFor } from "../../texts/texts.ts";
import { addFiles } from "../add-files.ts";
import { editUntilShown } from "../edit-message.ts";
import { changeUploadAnswer } from "../edit-upload-answer.ts";
import { copyIn } from "../near-duplicate-answer.ts";
import type { OwnMessage } from "../own-messages.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { uploadAnswerPlace } from "../upload-message.ts";
import { refusalOfPress } from "./upload.ts";

/**
 * Adds an image although it looks like one in the set, and shows it in the answer to its upload. Does nothing if the answer does not
 * offer it to this person, or no longer, as a redelivery must not add again what was removed since.
 */
export async function addAnyway(
  job: AddAnywayJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { interaction, messageId, file: position } = job;
  const { answer, answers, makePictures } = context;
  const reference = { interaction, messageId, pressed: true } as const;
  const shown = await answers.messages.read(reference);
  if (shown === undefined || !offers(shown, job)) return;
  const refusal = refusalOfPress(interaction, project, context);
  if (refusal !== undefined) return answer.refuse({ content: refusal });
  const file = await findFile(job, shown, context);
  if (file === undefined) return answer.refuse({ content: textsFor(interaction.locale).addAnyway.gone });
  const [outcome] =
    (await addFiles(interaction, [file], project, context, {
      firstPosition: position,
      allowNearDuplicates: true,
      // The answer to a message is a reply below its pictures.
      showAdded: job.sourceId === undefined,
      answerId: messageId,
    })) ?? [];
  if (outcome === undefined) return;
  const place = uploadAnswerPlace(interaction, project);
  await editUntilShown(reference, answers.messages, async (message) => {
    const changes = offers(message, job) ? [outcome] : [];
    return changeUploadAnswer(message, changes, project, { ...place, makePictures });
  });
}

/** Whether a message has the button that was pressed, for the person who pressed it. */
function offers({ components }: OwnMessage, { interaction, sourceId, file, project }: AddAnywayJob): boolean {
  return customIdsIn(components).some((id) => {
    if (id.kind !== "add-anyway" || id.sender !== interaction.userId) return false;
    return id.file === file && id.message === sourceId && id.project === project;
  });
}

/** The file, with a URL that is valid now. Undefined if it is gone. */
async function findFile(
  { interaction: { channelId, userId }, sourceId, file: position }: AddAnywayJob,
  shown: OwnMessage,
  { answers }: JobContext,
): Promise<AttachedFile | undefined> {
  if (sourceId === undefined) return copyIn(shown, position);
  const source = await answers.personMessages.read({ channelId, messageId: sourceId });
  return source?.authorId === userId ? source.files[position - 1] : undefined;
}
