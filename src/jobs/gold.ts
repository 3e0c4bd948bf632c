/** Gold answers: the labels that moderators know, by which people are checked. */
import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, pressedMessage } from "./declaration.ts";
import { image, interaction, project } from "./references.ts";

/** A round has 4 images. A message has room for this many with thumbnails and select menus. */
export const MAX_GOLD_IMAGES = 7;

const offerGold = z.object({
  kind: z.literal("offer-gold"),
  interaction,
  /** The images of a round. */
  images: z.array(image).min(1).max(MAX_GOLD_IMAGES),
  project,
});
export type OfferGoldJob = z.infer<typeof offerGold>;

/** Shows a moderator the images of a round, each with a select menu of the gold answers. */
export const OFFER_GOLD_JOB = interactionJob(offerGold, { isPrivate: true });

const setGold = z.object({
  kind: z.literal("set-gold"),
  interaction,
  image,
  project,
  /** The number of a label; null if the image is no longer gold. */
  label: z.int().min(0).max(9).nullable(),
  /** The message with the select menu, which shows the result. */
  messageId: snowflake,
});
export type SetGoldJob = z.infer<typeof setGold>;

/** Makes an image gold, changes its gold answer, or takes it back. */
export const SET_GOLD_JOB = interactionJob(setGold, {
  recipient: pressedMessage,
});
