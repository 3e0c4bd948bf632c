import type { AttachedFile, InteractionReference } from "../../jobs/references.ts";
import type { MessageUploadJob, UploadJob } from "../../jobs/upload.ts";
import type { ProjectDefinition } from "../../project/definition.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { PlacedContext } from "../about-project.ts";
import { addFiles } from "../add-files.ts";
import { requestOf, type PersonJob, type PersonRequest } from "../find-place.ts";
import { nearDuplicateFiles } from "../near-duplicate-answer.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { addedPictures, uploadAnswer } from "../upload-message.ts";
import { askSender } from "../ask-sender.ts";

/** Adds images that were attached to a command. The answer shows those that were added, as everyone will see them. */
export async function answerUpload(
  { interaction, files }: UploadJob,
  project: ProjectInUse,
  context: PlacedContext,
): Promise<void> {
  await answer(interaction, files, project, context);
}

/** Adds images that were attached to a message. If not everyone here sees it, asks its sender first. */
export async function answerMessageUpload(
  job: MessageUploadJob,
  project: ProjectInUse,
  context: PlacedContext,
): Promise<void> {
  const { message, files } = job;
  const { place } = context;
  if (place !== "direct messages" && place.thread !== "private")
    return answer(message, files, project, context, message.id);
  const refusal = refusalByProject(message, project, context);
  return refusal === undefined
    ? askSender(job, project, context)
    : context.answer.refuse({ content: refusal });
}

/** Whether the person who asked may add images to a channel's project. */
export function acceptsUpload(job: PersonJob, definition: ProjectDefinition): boolean {
  return mayUpload(requestOf(job), definition);
}

function mayUpload({ rights }: PersonRequest, { uploads }: ProjectDefinition): boolean {
  return uploads !== "moderators" || rights?.moderate === true;
}

async function answer(
  request: PersonRequest,
  files: readonly AttachedFile[],
  project: ProjectInUse,
  context: PlacedContext,
  /** The message with the files. Unset for a command, whose answer also shows the images that were added. */
  sourceId?: string,
): Promise<void> {
  const texts = textsFor(request.locale);
  const refusal = refusalFor(request, project, context, texts);
  if (refusal !== undefined) return context.answer.refuse({ content: refusal });
  const showAdded = sourceId === undefined;
  const outcomes = await addFiles(request, files, project, context, { sourceId, showAdded });
  if (outcomes === undefined) return;
  const added = showAdded ? await addedPictures(outcomes, project, context.makePictures) : [];
  const similar = await nearDuplicateFiles(outcomes, project, context);
  await context.answer.give({ ...uploadAnswer(outcomes, request, project), files: [...added, ...similar] });
}

/** Why a command cannot add images from this place, or by this person. */
function refusalFor(
  request: PersonRequest,
  project: ProjectInUse,
  context: PlacedContext,
  texts: Texts,
): string | undefined {
  const { place } = context;
  if (place !== "direct messages" && place.thread === "private") return texts.place.privateThread;
  return refusalByProject(request, project, context);
}

/** Why this person cannot add images to the project from here, even if they are asked first. */
function refusalByProject(
  request: PersonRequest,
  { definition }: ProjectInUse,
  { place, hotdogUploads }: Pick<PlacedContext, "place" | "hotdogUploads">,
): string | undefined {
  const texts = textsFor(request.locale);
  const isTooFar = definition === undefined && hotdogUploads === "home" && !isFromHome(request);
  if (isTooFar) return texts.review.homeOnly;
  if (place === "direct messages") return undefined;
  if (definition === undefined) return place.ageRestricted ? texts.place.ageRestricted : undefined;
  return mayUpload(request, definition) ? undefined : texts.projectRights.upload;
}

/** The same, when the person presses a button: then the bot says where. */
export function refusalOfPress(
  interaction: InteractionReference,
  project: ProjectInUse,
  { hotdogUploads }: Pick<JobContext, "hotdogUploads">,
): string | undefined {
  return refusalByProject(interaction, project, {
    place: interaction.place ?? "direct messages",
    hotdogUploads,
  });
}

/** Whether a person may add hot dogs where only the home server does. The owner of the application may anywhere. */
function isFromHome({ rights }: PersonRequest): boolean {
  return rights?.atHome === true || rights?.moderateHotdogs === true;
}
