/** The question whether images that not everyone saw are added. Its buttons name the message, which is read again: nothing is stored. */
import { channelMention } from "@discordjs/formatters";
import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import { customIdsIn } from "../jobs/custom-id.ts";
import type { MessageUploadJob } from "../jobs/upload.ts";
import { textsFor, type Texts } from "../texts/texts.ts";
import { workOnFiles } from "./add-files.ts";
import { examineUploads } from "./add-uploads.ts";
import type { AnswerMessage } from "./answers.ts";
import { button, pictureFile } from "./message-parts.ts";
import type { OwnMessage } from "./own-messages.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import type { JobContext } from "./run-job.ts";
import { fileLine, uploadAnswer } from "./upload-message.ts";

/** Asks the sender of a message whether its images are added. If none can be added, says why, and asks nothing. */
export async function askSender(
  { message, files }: MessageUploadJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { id: jobId, userId } = message;
  // Whether an image is a near duplicate or has to be approved is decided when it is added.
  const request = { jobId, userId, files, needApproval: false, allowNearDuplicates: true };
  const examined = await workOnFiles({ userId, files }, context, () =>
    examineUploads(request, project, context),
  );
  if (examined === undefined) return;
  const addable = examined.filter((file) => file.outcome === "addable");
  const others = examined.filter((file) => file.outcome !== "addable");
  if (addable.length === 0) {
    await context.answer.give(uploadAnswer(others, message, project));
    return;
  }
  const texts = textsFor(message.locale);
  await context.answer.give({
    content: [question(addable.length, project, texts), ...others.map((file) => fileLine(file, texts))].join(
      "\n",
    ),
    files: addable.map(({ position, preview }) => pictureFile(position, preview)),
    components: [yesOrNo(message, project, texts)],
  });
}

function question(images: number, { definition }: ProjectInUse, { askUpload: t }: Texts): string {
  return definition === undefined ? t.hotdogs(images) : t.project(images, channelMention(definition.channel));
}

function yesOrNo(
  { id, userId: sender }: MessageUploadJob["message"],
  { id: project }: ProjectInUse,
  { askUpload: t }: Texts,
): NonNullable<AnswerMessage["components"]>[number] {
  const asked = { kind: "add-asked", message: id, sender, project } as const;
  return {
    type: ComponentType.ActionRow,
    components: [
      button(t.yes, { ...asked, answer: true }, ButtonStyle.Primary),
      button(t.no, { ...asked, answer: false }),
    ],
  };
}

/** Whether a message still asks about the images of a message. */
export function asksAbout({ components }: OwnMessage, sourceId: string): boolean {
  return customIdsIn(components).some((id) => id.kind === "add-asked" && id.message === sourceId);
}
