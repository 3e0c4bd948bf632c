import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, pressedMessage } from "./declaration.ts";
import { image, interaction, project } from "./references.ts";

const offerRemoval = z.object({
  kind: z.literal("offer-removal"),
  interaction,
  images: z.array(image).min(1).max(10),
  project,
  /** The message with the images, if it is the answer to an upload. */
  uploadAnswerId: snowflake.optional(),
});
export type OfferRemovalJob = z.infer<typeof offerRemoval>;

/** Shows images to a moderator, each with a button that removes it from the set. */
export const OFFER_REMOVAL_JOB = interactionJob(offerRemoval, { isPrivate: true });

const remove = z.object({
  kind: z.literal("remove"),
  interaction,
  image,
  project,
  /** The message with the pressed button, which shows the result. Older bots replied with a message instead and do not set it. */
  messageId: snowflake.optional(),
  /** The answer to an upload in the same channel that shows the result too. */
  uploadAnswerId: snowflake.optional(),
});
export type RemoveJob = z.infer<typeof remove>;

/** Removes an image from the set. */
export const REMOVE_JOB = interactionJob(remove, {
  recipient: pressedMessage,
});
