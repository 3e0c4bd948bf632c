/** What an answer to an upload shows about files that were not added because they look like images in the set. */
import type { APIButtonComponentWithCustomId } from "discord-api-types/v10";
import type { AttachedFile } from "../jobs/references.ts";
import { contentTypeOf } from "../project/image-set.ts";
import type { Texts } from "../texts/texts.ts";
import { button, pictureFile, type AnswerFile } from "./message-parts.ts";
import type { OwnMessage } from "./own-messages.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import type { JobContext } from "./run-job.ts";
import type { FileOutcome, UploadedFile, UploadOutcome } from "./upload-outcome.ts";

type NearDuplicate = Extract<FileOutcome, { outcome: "near-duplicate" }> & Pick<UploadedFile, "position">;

/** Discord's limit for one message. */
const MAX_ATTACHMENTS = 10;

/** Outcomes of images of which the answer shows a picture, now or later. */
const SHOWN: ReadonlySet<FileOutcome["outcome"]> = new Set(["added", "approved", "pending"]);

/** The button that adds the file anyway; none if the file cannot be read again. */
export function addAnywayButton(
  { position, own }: NearDuplicate,
  { addAnyway: t }: Texts,
  project: string | null,
): APIButtonComponentWithCustomId[] {
  if (own === undefined) return [];
  const id = { kind: "add-anyway", file: position, sender: own.senderId, project } as const;
  return [button(t.button(position), "messageId" in own ? { ...id, message: own.messageId } : id)];
}

/**
 * For each near duplicate, a copy of it if it cannot be read elsewhere, and a picture of the image that it looks like. Has only as many
 * of these pictures as the message has room for, also once it shows all images that were added or wait.
 */
export async function nearDuplicateFiles(
  outcomes: readonly UploadOutcome[],
  { images }: Pick<ProjectInUse, "images">,
  { makePictures }: Pick<JobContext, "makePictures">,
): Promise<AnswerFile[]> {
  const similar = outcomes.flatMap(({ position, ...file }) =>
    file.outcome === "near-duplicate" ? [{ position, ...file }] : [],
  );
  const files = similar.flatMap(copyOf);
  const others = outcomes.filter(({ outcome }) => SHOWN.has(outcome)).length;
  for (const { position, image } of similar.slice(0, MAX_ATTACHMENTS - others - files.length)) {
    const [other] = await makePictures([image], images);
    if (other === undefined) continue;
    const { name, ...picture } = pictureFile(position, other.picture);
    files.push({ ...picture, name: `like-${name}` });
  }
  return files;
}

function copyOf({ position, own }: NearDuplicate): AnswerFile[] {
  if (own === undefined || !("stored" in own)) return [];
  const { stored, format } = own;
  const name = `upload-${position}.${format}`;
  return [{ name, data: stored, contentType: contentTypeOf(name) }];
}

/** The copy of a near duplicate that an answer has. */
export function copyIn({ attachments }: OwnMessage, position: number): AttachedFile | undefined {
  const copy = attachments.find(({ filename }) => filename.startsWith(`upload-${position}.`));
  return copy && { url: copy.url, name: copy.filename };
}

/** Whether an attachment of an answer shows that the file at a position is a near duplicate: its copy, or the other image. */
export function showsNearDuplicate(position: number, filename: string): boolean {
  return filename.startsWith(`upload-${position}.`) || filename.startsWith(`like-image-${position}.`);
}
