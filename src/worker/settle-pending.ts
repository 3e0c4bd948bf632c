import { MessageFlags } from "discord-api-types/v10";
import { customIdsIn } from "../jobs/custom-id.ts";
import { snowflakeTime } from "../platform/snowflake.ts";
import { pendingPath, type PendingRecord, type UploadAnswer } from "../project/pending-images.ts";
import type { WaitingProject } from "../project/own-images.ts";
import type { UploadId } from "../project/upload-file.ts";
import { LANGUAGES } from "../texts/texts.ts";
import { retrySoon } from "./concurrency-gate.ts";
import { editUntilShown } from "./edit-message.ts";
import type { OwnMessage, OwnMessages } from "./own-messages.ts";
import type { PictureMaker } from "./picture.ts";
import { addedPictures, waitingFiles, withOutcomes } from "./upload-message.ts";
import type { FileOutcome, ShownOutcome } from "./upload-outcome.ts";

/** For how long the answer to an upload may be missing: as long as its token is valid. */
const MAX_UPLOAD_MS = 15 * 60 * 1_000;

export interface SettleContext {
  messages: OwnMessages;
  makePictures: PictureMaker;
  /** Milliseconds since 1970. */
  now: () => number;
  random: () => number;
}

/**
 * Does what was decided about waiting images: moves each into the set or deletes it, and tells its sender. Can be repeated, by any
 * number of workers (A4, A5). Leaves images about which nothing was decided.
 * @throws RetryLaterError while an upload has no answer yet
 */
export async function settlePending(
  ids: readonly UploadId[],
  project: WaitingProject,
  context: SettleContext,
): Promise<void> {
  const decided: { id: UploadId; record: PendingRecord }[] = [];
  for (const id of ids) {
    const record = await project.pending.find(id);
    if (record?.decision === undefined) continue;
    if (record.decision === "approved") await addApproved(id, record, project);
    decided.push({ id, record });
  }
  // Once all are in the set, so that one edit shows all files of an answer.
  for (const { id, record } of decided) {
    if (record.answer !== undefined) await followAnswer(record.answer, id, project, context);
    await project.pending.remove(id);
  }
}

/** Adds an approved image to the set, unless its sender was erased meanwhile, or an earlier delivery has added it (A4, A6). */
async function addApproved(id: UploadId, { image }: PendingRecord, project: WaitingProject): Promise<void> {
  const { pending, uploads, images } = project;
  const stored = await pending.images.read(pendingPath({ ...id, image }));
  if (stored === undefined || (await uploads.find(id)) === undefined) return;
  await images.addNamed(image, stored);
}

/** Edits the answer to an upload until no line says that a file waits about which something was decided (A7). */
async function followAnswer(
  { channel: channelId, message: messageId, guild }: UploadAnswer,
  id: UploadId,
  project: WaitingProject,
  { messages, makePictures, now, random }: SettleContext,
): Promise<void> {
  const isYoung = now() - snowflakeTime(id.jobId).getTime() < MAX_UPLOAD_MS;
  await editUntilShown({ channelId, messageId }, messages, async (message) => {
    if (isYoung && isUnanswered(message)) throw retrySoon(random);
    const changes = await decidedFiles(message, project, id);
    if (changes.length === 0) return undefined;
    const changed = withOutcomes(message, changes, { project: project.id, removable: guild !== undefined });
    // A reply stands below the picture that it is about.
    const added = message.message_reference ? [] : await addedPictures(changes, project, makePictures);
    return { ...changed, files: added };
  });
}

/** The files of an answer that it says wait, although something was decided. @param settled one that is no longer to wait */
async function decidedFiles(
  message: OwnMessage,
  project: WaitingProject,
  settled: UploadId,
): Promise<ShownOutcome[]> {
  const outcomes = await Promise.all(
    waitingFiles(message, project.id).map(async (file) => {
      const isSettled = file.jobId === settled.jobId && file.position === settled.position;
      return Object.assign(await outcomeOf(file, project, isSettled), file);
    }),
  );
  return outcomes.filter(({ outcome }) => outcome !== "pending");
}

/** Whether the message is still "thinking…", the bot's first reply to a message, or the question whether to add its images. */
function isUnanswered({ flags, content, components }: OwnMessage): boolean {
  const isLooking = LANGUAGES.values().some(({ upload }) => upload.looking === content);
  const isAsking = customIdsIn(components).some(({ kind }) => kind === "add-asked");
  return isLooking || isAsking || (flags & MessageFlags.Loading) !== 0;
}

/** The outcome of a file that has waited, also after its record was removed. */
async function outcomeOf(
  id: UploadId,
  { pending, uploads, images }: WaitingProject,
  isSettled: boolean,
): Promise<FileOutcome> {
  const record = await pending.find(id);
  if (record?.decision === "taken-back" || record?.decision === "rejected")
    return { outcome: record.decision };
  const image = record?.image ?? (await uploads.find(id))?.image;
  if (image === undefined) return { outcome: "rejected" };
  if (await images.has(image)) return { outcome: "approved", image };
  // Another worker may be about to add it.
  return record === undefined || isSettled ? { outcome: "rejected" } : { outcome: "pending", image };
}
