import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";

/** One answered `/stats`. It names no person, so that nothing of it must change when somebody wants to be forgotten. */
export const transaction = z.object({
  /** The job's id. */
  id: snowflake,
  kind: z.string(),
  answeredAt: z.iso.datetime(),
  guildId: snowflake.nullable(),
  /** null: not asked on Discord. */
  channelId: snowflake.nullable(),
  /** As the person typed it. */
  request: z.string(),
  numbers: z.array(z.string()),
  min: z.string(),
  max: z.string(),
  mean: z.string(),
  median: z.string(),
  /** Deliveries of the job up to the answer. */
  attempts: z.int().positive(),
});

export type Transaction = z.infer<typeof transaction>;
