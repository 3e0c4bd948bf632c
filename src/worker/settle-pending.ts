import { MessageFlags } from "discord-api-types/v10";
import { customIdsIn } from "../jobs/custom-id.ts";
import { snowflakeTime } from "../platform/snowflake.ts";
import { pendingPath, type PendingRecord, type UploadAnswer } from "../project/pending-images.ts";
import type { WaitingProject } from "../project/own-images.ts";
import { uploadRowId, type UploadId } from "../project/upload-file.ts";
import { LANGUAGES } from "../texts/texts.ts";
import { retrySoon } from "./concurrency-gate.ts";
import { editUntilShown } from "./edit-message.ts";
import { changeUploadAnswer, outcomeOf } from "./edit-upload-answer.ts";
import type { OwnMessage, OwnMessages } from "./own-messages.ts";
import type { PictureMaker } from "./picture.ts";
import { waitingFiles } from "./upload-message.ts";

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
    const says = waitingFiles(message, project.id).some((one) => uploadRowId(one) === uploadRowId(id));
    const settled = says ? [Object.assign(await outcomeOf(id, project, { isSettled: true }), id)] : [];
    return changeUploadAnswer(message, settled, project, { removable: guild !== undefined, makePictures });
  });
}

/** Whether the message is still "thinking…", the bot's first reply to a message, or the question whether to add its images. */
function isUnanswered({ flags, content, components }: OwnMessage): boolean {
  const isLooking = LANGUAGES.values().some(({ upload }) => upload.looking === content);
  const isAsking = customIdsIn(components).some(({ kind }) => kind === "add-asked");
  return isLooking || isAsking || (flags & MessageFlags.Loading) !== 0;
}
