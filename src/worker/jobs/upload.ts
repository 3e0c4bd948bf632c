import type { AttachedFile } from "../../jobs/references.ts";
import type { MessageUploadJob, UploadJob } from "../../jobs/upload.ts";
import type { ProjectDefinition } from "../../project/definition.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { PlacedContext } from "../about-project.ts";
import { addFiles } from "../add-files.ts";
import type { PersonRequest } from "../find-place.ts";
import { nearDuplicateFiles } from "../near-duplicate-answer.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import { uploadAnswer } from "../upload-message.ts";
import { askSender } from "../ask-sender.ts";

/** Adds images that were attached to a command. */
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
  const refusal = refusalByProject(message, project, place);
  return refusal === undefined
    ? askSender(job, project, context)
    : context.answer.refuse({ content: refusal });
}

/** Whether the person may add images to a channel's project. */
export function acceptsUpload({ interaction }: UploadJob, definition: ProjectDefinition): boolean {
  return mayUpload(interaction, definition);
}

/** Like `acceptsUpload`, for images that were attached to a message. */
export function acceptsMessageUpload({ message }: MessageUploadJob, definition: ProjectDefinition): boolean {
  return mayUpload(message, definition);
}

/** Whether a person may add images to a channel's project. */
export function mayUpload({ rights }: PersonRequest, { uploads }: ProjectDefinition): boolean {
  return uploads === "everyone" || rights?.moderate === true;
}

async function answer(
  request: PersonRequest,
  files: readonly AttachedFile[],
  project: ProjectInUse,
  context: PlacedContext,
  sourceId?: string,
): Promise<void> {
  const texts = textsFor(request.locale);
  const refusal = refusalFor(request, project, context.place, texts);
  if (refusal !== undefined) return context.answer.refuse({ content: refusal });
  const outcomes = await addFiles(request, files, project, context, { sourceId });
  if (outcomes === undefined) return;
  const pictures = await nearDuplicateFiles(outcomes, project, context);
  await context.answer.give({ ...uploadAnswer(outcomes, request, project), files: pictures });
}

/** Why a command cannot add images from this place, or by this person. */
function refusalFor(
  request: PersonRequest,
  project: ProjectInUse,
  place: PlacedContext["place"],
  texts: Texts,
): string | undefined {
  if (place !== "direct messages" && place.thread === "private") return texts.place.privateThread;
  return refusalByProject(request, project, place);
}

/** Why this person cannot add images to the project from here, even if they are asked first. */
export function refusalByProject(
  request: PersonRequest,
  { definition }: ProjectInUse,
  place: PlacedContext["place"],
): string | undefined {
  if (place === "direct messages") return undefined;
  const texts = textsFor(request.locale);
  if (definition === undefined) return place.ageRestricted ? texts.place.ageRestricted : undefined;
  return mayUpload(request, definition) ? undefined : texts.projectRights.upload;
}
