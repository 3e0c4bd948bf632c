import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, type JobDeclaration } from "./declaration.ts";
import { interaction } from "./references.ts";

/** Discord's limit for the text of an option, in UTF-16 units. */
export const MAX_REQUEST_LENGTH = 6_000;

/** What the person typed. */
const request = z.string().max(MAX_REQUEST_LENGTH);

/** A canonical decimal. */
const number = z
  .string()
  .max(80)
  .regex(/^\d+(\.\d+)?(e[+-]\d+)?$/);
const numbers = z.array(number).min(1).max(10);

const stats = z.object({
  kind: z.literal("stats"),
  interaction,
  request,
  numbers,
  commaBetweenDigits: z.boolean(),
});
export type StatsJob = z.infer<typeof stats>;

/** Computes statistics and posts them in the channel. */
export const STATS_JOB = interactionJob(stats, {
  late: "post",
  limit: { points: 30, per: "minute", counts: "times" },
});

/** Identifies a client without Discord, and its replies. */
export const clientId = z.uuid();

const clientStats = z.object({
  kind: z.literal("client-stats"),
  id: snowflake,
  client: clientId,
  request,
  numbers,
});
export type ClientStatsJob = z.infer<typeof clientStats>;

/** Computes statistics for a client without Discord. */
export const CLIENT_STATS_JOB: JobDeclaration<typeof clientStats> = {
  schema: clientStats,
  id: ({ id }) => id,
  tenant: ({ client }) => client,
  application: () => undefined,
  recipient: ({ id, client }) => ({ via: "client", id, client }),
};
