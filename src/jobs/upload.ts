import { z } from "zod";
import { interactionJob, type ConcurrencySlot, type JobDeclaration, type RateLimit } from "./declaration.ts";
import { files, interaction, message, type AttachedFile } from "./references.ts";

export const UPLOAD_LIMIT: RateLimit = { points: 20, per: "minute", counts: "files" };
/** Kinds of jobs that download images share it. Those that wait hold no image yet; mostly their turn comes within a second. */
export const UPLOAD_SLOT: ConcurrencySlot = { concurrency: 12, waiting: 12 };
const costOf = (job: { files: readonly AttachedFile[] }): number => job.files.length;

const upload = z.object({ kind: z.literal("upload"), interaction, files });
export type UploadJob = z.infer<typeof upload>;

/** Adds images to the set that were attached to a command, or to the message that a command was used on. */
export const UPLOAD_JOB = interactionJob(upload, { limit: UPLOAD_LIMIT, cost: costOf, slot: UPLOAD_SLOT });

const messageUpload = z.object({ kind: z.literal("message-upload"), message, files });
export type MessageUploadJob = z.infer<typeof messageUpload>;

/** Adds images to the set that were attached to a message to the bot. */
export const MESSAGE_UPLOAD_JOB: JobDeclaration<typeof messageUpload> = {
  schema: messageUpload,
  id: ({ message: { id } }) => id,
  tenant: ({ message: { guildId, channelId } }) => guildId ?? channelId,
  application: () => undefined,
  recipient: ({ message: to }) => ({ via: "reply", message: to }),
  limit: UPLOAD_LIMIT,
  cost: costOf,
  slot: UPLOAD_SLOT,
};
