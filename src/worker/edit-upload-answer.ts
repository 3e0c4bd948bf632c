import type { WaitingProject } from "../project/own-images.ts";
import type { UploadId } from "../project/upload-file.ts";
import type { MessageChange } from "./edit-message.ts";
import type { OwnMessage } from "./own-messages.ts";
import type { PictureMaker } from "./picture.ts";
import { addedPictures, waitingFiles, withOutcomes, type UploadAnswerPlace } from "./upload-message.ts";
import type { FileOutcome, ShownOutcome } from "./upload-outcome.ts";

/**
 * What to change in an answer to an upload so that it shows these outcomes, and none of its lines says that a file waits which does
 * not: another worker may have overwritten that (A7).
 * @returns undefined if it shows all of that
 */
export async function changeUploadAnswer(
  message: OwnMessage,
  outcomes: readonly ShownOutcome[],
  project: WaitingProject,
  { makePictures, ...place }: Omit<UploadAnswerPlace, "project"> & { makePictures: PictureMaker },
): Promise<MessageChange | undefined> {
  const shown = new Set(outcomes.map(({ position }) => position));
  const others = await decidedFiles(message, project);
  const changes = [...outcomes, ...others.filter(({ position }) => !shown.has(position))];
  if (changes.length === 0) return undefined;
  // A reply stands below the picture that it is about.
  const files = message.message_reference ? [] : await addedPictures(changes, project, makePictures);
  return { ...withOutcomes(message, changes, { project: project.id, ...place }), files };
}

/** The files of an answer that it says wait, although something was decided. */
async function decidedFiles(message: OwnMessage, project: WaitingProject): Promise<ShownOutcome[]> {
  const outcomes = await Promise.all(
    waitingFiles(message, project.id).map(async (file) =>
      Object.assign(await outcomeOf(file, project, { isSettled: false }), file),
    ),
  );
  return outcomes.filter(({ outcome }) => outcome !== "pending");
}

/**
 * The outcome of a file that has waited, also after its record was removed.
 * @param options.isSettled whether it no longer waits. Otherwise, another worker may be about to add it
 */
export async function outcomeOf(
  id: UploadId,
  { pending, uploads, images }: WaitingProject,
  { isSettled }: { isSettled: boolean },
): Promise<FileOutcome> {
  const record = await pending.find(id);
  if (record?.decision === "taken-back" || record?.decision === "rejected")
    return { outcome: record.decision };
  const image = record?.image ?? (await uploads.find(id))?.image;
  if (image === undefined) return { outcome: "rejected" };
  if (await images.has(image)) return { outcome: "approved", image };
  return record === undefined || isSettled ? { outcome: "rejected" } : { outcome: "pending", image };
}
