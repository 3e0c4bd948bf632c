import { z } from "zod";
import { IMAGE_ORDERS } from "../labeling/priority.ts";
import { interactionJob } from "./declaration.ts";
import { ROUND_LIMIT } from "./hotdog.ts";
import { interaction, locale } from "./references.ts";

const round = z.object({
  kind: z.literal("round"),
  interaction,
  /** The guild's preferred locale: a round is for everyone. */
  roundLocale: locale,
  /** By default, what needs answers most. */
  choose: z.enum(IMAGE_ORDERS).optional(),
});
export type RoundJob = z.infer<typeof round>;

/** Posts a round of the channel's project, or of the hot dogs where there is none. */
export const ROUND_JOB = interactionJob(round, { limit: ROUND_LIMIT });
