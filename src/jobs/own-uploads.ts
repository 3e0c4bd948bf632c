/** Jobs for the senders of images: whether to add what they sent, and what they have added. */
import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, pressedMessage } from "./declaration.ts";
import { filePosition, interaction, page, project } from "./references.ts";
import { UPLOAD_SLOT } from "./upload.ts";

const addAsked = z.object({
  kind: z.literal("add-asked"),
  interaction,
  /** The message with the question, which shows the result. */
  messageId: snowflake,
  /** The person's message with the images, in the same channel. The worker reads it again. */
  sourceId: snowflake,
  project,
  /** Whether the person wants the images to be added. */
  answer: z.boolean(),
});
export type AddAskedJob = z.infer<typeof addAsked>;

/** Adds the images of a message about which the bot has asked, or does not. */
export const ADD_ASKED_JOB = interactionJob(addAsked, {
  slot: UPLOAD_SLOT,
  recipient: pressedMessage,
});

const addAnyway = z.object({
  kind: z.literal("add-anyway"),
  interaction,
  /** The answer to the upload, which shows the result. */
  messageId: snowflake,
  /** The person's message with the image, in the same channel. Unset if the answer has a copy. The worker reads it again. */
  sourceId: snowflake.optional(),
  /** Position of the file in its upload, and in the person's message. */
  file: filePosition,
  project,
});
export type AddAnywayJob = z.infer<typeof addAnyway>;

/** Adds an image although it looks like one in the set, for its sender. */
export const ADD_ANYWAY_JOB = interactionJob(addAnyway, {
  slot: UPLOAD_SLOT,
  recipient: pressedMessage,
});

const takeBack = z.object({
  kind: z.literal("take-back"),
  interaction,
  /** The message with the pressed button, which shows the result. */
  messageId: snowflake,
  /** Id of the interaction or message that the upload was for. */
  upload: snowflake,
  /** Position of the file in that upload. */
  file: filePosition,
  project,
  /** The shown page of the list of own images. Unset if the message is the answer to an upload. */
  page: page.optional(),
});
export type TakeBackJob = z.infer<typeof takeBack>;

/** Removes an image from its set, for its sender. */
export const TAKE_BACK_JOB = interactionJob(takeBack, {
  recipient: pressedMessage,
});

const ownImages = z.object({
  kind: z.literal("own-images"),
  interaction,
  /** The message with the list, which shows another page. Unset for a new list. */
  messageId: snowflake.optional(),
  page,
});
export type OwnImagesJob = z.infer<typeof ownImages>;

/** Shows a person the images that they have added and that are still stored. */
export const OWN_IMAGES_JOB = interactionJob(ownImages, {
  recipient: pressedMessage,
});
