import type { AttachedFile } from "../../jobs/references.ts";
import type { MessageUploadJob, UploadJob } from "../../jobs/upload.ts";
import type { ProjectDefinition } from "../../project/definition.ts";
import type { UploadAnswer } from "../../project/pending-images.ts";
import { RefusedJobError } from "../../queue/queue.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { PlacedContext } from "../about-project.ts";
import { addUploads } from "../add-uploads.ts";
import { isOn } from "../fetch-attachment.ts";
import type { PersonRequest } from "../find-place.ts";
import { needsApproval } from "../pending-upload.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import type { AnswerFile } from "../message-parts.ts";
import { addedPictures, uploadMessage } from "../upload-message.ts";
import type { UploadOutcome } from "../upload-outcome.ts";

/** Adds images that were attached to a command. The answer shows those that were added, as everyone will see them. */
export async function answerUpload(
  { interaction, files }: UploadJob,
  project: ProjectInUse,
  context: PlacedContext,
): Promise<void> {
  await answer(interaction, files, project, context, (outcomes) =>
    addedPictures(outcomes, project, context.makePictures),
  );
}

/** Adds images that were attached to a message. */
export async function answerMessageUpload(
  { message, files }: MessageUploadJob,
  project: ProjectInUse,
  context: PlacedContext,
): Promise<void> {
  await answer(message, files, project, context);
}

/** Whether the person may add images to a channel's project. */
export function acceptsUpload({ interaction }: UploadJob, definition: ProjectDefinition): boolean {
  return mayUpload(interaction, definition);
}

/** Like `acceptsUpload`, for images that were attached to a message. */
export function acceptsMessageUpload({ message }: MessageUploadJob, definition: ProjectDefinition): boolean {
  return mayUpload(message, definition);
}

function mayUpload({ rights }: PersonRequest, { uploads }: ProjectDefinition): boolean {
  return uploads !== "moderators" || rights?.moderate === true;
}

async function answer(
  request: PersonRequest,
  files: readonly AttachedFile[],
  project: ProjectInUse,
  context: PlacedContext,
  /** Makes the pictures below the answer; by default it has none. */
  pictures: (outcomes: readonly UploadOutcome[]) => Promise<AnswerFile[]> = async () => [],
): Promise<void> {
  const texts = textsFor(request.locale);
  const refusal = refusalFor(request, project, context, texts);
  if (refusal !== undefined) return context.answer.refuse({ content: refusal });
  const outcomes = await addFiles(request, files, project, context);
  if (outcomes === undefined) return;
  const { id } = project;
  const note = id === null ? texts.upload.purpose : texts.labeling.purpose;
  const removable = request.guildId !== null;
  const reviewable = id === null ? request.rights?.atHome === true : removable;
  const message = uploadMessage(outcomes, texts, { project: id, removable, reviewable, note });
  await context.answer.give({ ...message, files: await pictures(outcomes) });
}

/** Why images cannot be added from this place, or by this person. */
function refusalFor(
  request: PersonRequest,
  { definition }: ProjectInUse,
  { place, hotdogUploads }: PlacedContext,
  texts: Texts,
): string | undefined {
  const isTooFar = definition === undefined && hotdogUploads === "home" && !isFromHome(request);
  if (isTooFar) return texts.review.homeOnly;
  if (place === "direct messages") return undefined;
  if (place.thread === "private") return texts.place.privateThread;
  if (definition === undefined) return place.ageRestricted ? texts.place.ageRestricted : undefined;
  return mayUpload(request, definition) ? undefined : texts.projectRights.upload;
}

/** Whether a person may add hot dogs where only the home server does. The owner of the application may anywhere. */
function isFromHome({ rights }: PersonRequest): boolean {
  return rights?.atHome === true || rights?.moderateHotdogs === true;
}

/**
 * Adds files to a project.
 * @returns what happened to each; undefined if an earlier delivery has given the answer
 * @throws RetryLaterError, RefusedJobError, or Error while an attachment cannot be downloaded
 */
export async function addFiles(
  request: PersonRequest,
  files: readonly AttachedFile[],
  project: ProjectInUse,
  context: JobContext,
): Promise<UploadOutcome[] | undefined> {
  const { id: jobId, userId } = request;
  return context.uploadAccounts.runUpload(userId, async () => {
    refuseForeignFiles(files, context.cdnOrigins);
    // A moderator may have removed an image since the answer; it must not be added again.
    if (await context.answer.isGiven()) return undefined;
    const needApproval = needsApproval(request, project, context);
    const answerTo = needApproval ? await answerOf(request, context) : undefined;
    const rules = { needApproval, answer: answerTo, allowNearDuplicates: false };
    const outcomes = await addUploads({ jobId, userId, files, ...rules }, project, context);
    const retriable = outcomes.some((file) => file.outcome === "refused" && file.refusal === "unreachable");
    if (retriable && !context.last) throw new Error("an attachment could not be downloaded");
    return outcomes;
  });
}

/** The message that tells the person what became of their files. */
async function answerOf(
  { guildId, channelId }: PersonRequest,
  { answer: target }: JobContext,
): Promise<UploadAnswer | undefined> {
  const message = await target.messageId();
  const guild = guildId ?? undefined;
  return message === undefined ? undefined : { guild, channel: channelId, message };
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
