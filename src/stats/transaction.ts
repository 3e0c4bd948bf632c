import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";

/** The log record of one answered `/stats`. It does not name the person, so erasure does not have to change it. */
export const transaction = z.object({
  /** The job's id. */
  id: snowflake,
  kind: z.string(),
  answeredAt: z.iso.datetime(),
  guildId: snowflake.nullable(),
  /** Null for requests that did not come from Discord. */
  channelId: snowflake.nullable(),
  /** The text as the person typed it. */
  request: z.string(),
  numbers: z.array(z.string()),
  min: z.string(),
  max: z.string(),
  mean: z.string(),
  median: z.string(),
  /** Number of deliveries of the job, the answered one included. */
  attempts: z.int().positive(),
});

export type Transaction = z.infer<typeof transaction>;
