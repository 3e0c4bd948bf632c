import { customIdsIn } from "../../jobs/custom-id.ts";
import type { OwnImagesJob, TakeBackJob } from "../../jobs/own-uploads.ts";
import { textsFor } from "../../texts/texts.ts";
import { editUntilShown } from "../edit-message.ts";
import { changeUploadAnswer } from "../edit-upload-answer.ts";
import { ownImagesMessage } from "../own-images-message.ts";
import type { OwnMessage } from "../own-messages.ts";
import type { JobContext } from "../run-job.ts";
import { settlePending } from "../settle-pending.ts";
import { waitingFiles } from "../upload-message.ts";

/** Removes an image for its sender, and shows it in the message with the pressed button. */
export async function takeImageBack(job: TakeBackJob, context: JobContext): Promise<void> {
  const { interaction, messageId, upload: jobId, file: position, project, page } = job;
  const { answer, answers, attempt, makePictures, ownImages, settling } = context;
  const t = textsFor(interaction.locale).takeBack;
  const image = { project, jobId, position };
  const result = await ownImages.takeBack(interaction.userId, image, (ids, of) =>
    settlePending(ids, of, settling),
  );
  if (result === "foreign") return answer.refuse({ content: t.notYours });
  if (page !== undefined) return showPage({ interaction, page }, context);
  // A redelivery finds nothing to remove because an earlier delivery removed the image.
  const isTaken = !result.wasGone || attempt > 1;
  const removable = interaction.guildId !== null;
  const outcome = isTaken ? "taken-back" : "removed";
  const isShown = await editUntilShown(
    { interaction, messageId, pressed: true },
    answers.messages,
    async (message) => {
      // What it says waits has another outcome, such as that no moderator has approved it.
      const waits = waitingFiles(message, project).some((file) => file.position === position);
      const isShown = !offers(message, job) || (waits && !isTaken);
      const changes = isShown ? [] : [{ outcome, position } as const];
      return changeUploadAnswer(message, changes, result.project, { removable, makePictures });
    },
  );
  if (!isShown) await answer.give({ content: isTaken ? t.done : t.gone });
}

/** Whether an answer to an upload has the button that was pressed. */
function offers({ components }: OwnMessage, { upload, file, project }: TakeBackJob): boolean {
  return customIdsIn(components).some(
    (id) => id.kind === "take-back" && id.upload === upload && id.file === file && id.project === project,
  );
}

/** Shows a person a page of the images that they have added. */
export async function showOwnImages(job: OwnImagesJob, context: JobContext): Promise<void> {
  await showPage(job, context);
}

async function showPage(
  { interaction: { userId, locale }, page }: Pick<OwnImagesJob, "interaction" | "page">,
  context: JobContext,
): Promise<void> {
  await context.answer.give(await ownImagesMessage({ userId, page }, textsFor(locale), context));
}
