import type { AttachedFile, InteractionReference, MessageReference } from "../../jobs/references.ts";
import type { MessageUploadJob, UploadJob } from "../../jobs/upload.ts";
import { RefusedJobError } from "../../queue/queue.ts";
import { textsFor } from "../../texts/texts.ts";
import { addUploads } from "../add-uploads.ts";
import { isOn } from "../fetch-attachment.ts";
import type { JobContext } from "../run-job.ts";
import { uploadMessage } from "../upload-message.ts";

/** Adds images that were attached to a command. */
export async function answerUpload({ interaction, files }: UploadJob, context: JobContext): Promise<void> {
  await addImages(interaction, files, context);
}

/** Adds images that were attached to a message. */
export async function answerMessageUpload(job: MessageUploadJob, context: JobContext): Promise<void> {
  await addImages(job.message, job.files, context);
}

/** Adds images to the set and says what happened to each file. */
async function addImages(
  request: InteractionReference | MessageReference,
  files: readonly AttachedFile[],
  context: JobContext,
): Promise<void> {
  const { id: jobId, userId, locale, guildId } = request;
  await context.uploadAccounts.runUpload(userId, async () => {
    refuseForeignFiles(files, context.cdnOrigins);
    // A moderator may have removed an image since the answer; it must not be added again.
    if (await context.answer.isGiven()) return;
    const outcomes = await addUploads({ jobId, userId, files }, context);
    const retriable = outcomes.some((file) => file.outcome === "refused" && file.refusal === "unreachable");
    if (retriable && !context.last) throw new Error("an attachment could not be downloaded");
    await context.answer.give(uploadMessage(outcomes, textsFor(locale), { removable: guildId !== null }));
  });
}

/**
 * Refuses attachments that are not on Discord's servers, before any of them is downloaded.
 * @param origins such as "https://cdn.discordapp.com"
 * @throws RefusedJobError
 */
function refuseForeignFiles(files: readonly AttachedFile[], origins: readonly string[]): void {
  const foreign = files.find(({ url }) => !isOn(origins, url));
  if (foreign === undefined) return;
  const origin = URL.parse(foreign.url)?.origin;
  throw new RefusedJobError(`an attachment is on ${origin}, which is not listed in DISCORD_CDN_ORIGINS`);
}
