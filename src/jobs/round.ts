import { z } from "zod";
import { IMAGE_ORDERS } from "../labeling/priority.ts";
import { interactionJob, type RateLimit } from "./declaration.ts";
import { interaction, locale } from "./references.ts";

const LIMIT: RateLimit = { points: 10, per: "minute", counts: "times" };

const asked = {
  interaction,
  /** The guild's preferred locale: a round is for everyone. */
  roundLocale: locale,
  /** The worker's default applies if the person has not chosen. Older bots never set it. */
  choose: z.enum(IMAGE_ORDERS).optional(),
};

const hotdog = z.object({ kind: z.literal("hotdog"), ...asked });
export type HotdogJob = z.infer<typeof hotdog>;

/** Posts a round of the hot dogs: one message with images to label. */
export const HOTDOG_JOB = interactionJob(hotdog, { limit: LIMIT });

const round = z.object({ kind: z.literal("round"), ...asked });
export type RoundJob = z.infer<typeof round>;

/** Posts a round of the channel's project. In a channel that never had a project, it is a round of the hot dogs. */
export const ROUND_JOB = interactionJob(round, { limit: LIMIT });
