import { z } from "zod";
import { IMAGE_ORDERS } from "../labeling/priority.ts";
import { interactionJob, type RateLimit } from "./declaration.ts";
import { interaction, locale } from "./references.ts";

/** Limits the rounds of all commands together. */
export const ROUND_LIMIT: RateLimit = { points: 10, per: "minute", counts: "times" };

const hotdog = z.object({
  kind: z.literal("hotdog"),
  interaction,
  /** The guild's preferred locale: a round is for everyone. */
  roundLocale: locale,
  /** The worker's default applies if the person has not chosen. Older bots never set it. */
  choose: z.enum(IMAGE_ORDERS).optional(),
});
export type HotdogJob = z.infer<typeof hotdog>;

/** Posts a round: one message with images to label. */
export const HOTDOG_JOB = interactionJob(hotdog, { limit: ROUND_LIMIT });
