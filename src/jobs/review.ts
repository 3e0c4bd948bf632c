import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, pressedMessage } from "./declaration.ts";
import { image, interaction, MAX_FILES, project } from "./references.ts";

const review = z.object({ kind: z.literal("review"), interaction, project });
export type ReviewJob = z.infer<typeof review>;

/** Shows a moderator the images that wait for approval, privately. */
export const REVIEW_JOB = interactionJob(review, { isPrivate: true });

const decide = z.object({
  kind: z.literal("decide"),
  interaction,
  project,
  images: z.array(image).min(1).max(MAX_FILES),
  /** Whether the images are approved; otherwise they are rejected. */
  approve: z.boolean(),
  /** The private message with the pressed button, which then shows what else waits. */
  messageId: snowflake,
});
export type DecideJob = z.infer<typeof decide>;

/** Approves or rejects images that wait. */
export const DECIDE_JOB = interactionJob(decide, {
  recipient: pressedMessage,
});
