import { z } from "zod";
import { IMAGE_NAME } from "../domain/image.ts";
import { LABELS } from "../domain/label.ts";
import { snowflake } from "../domain/snowflake.ts";
import { transaction } from "../domain/transaction.ts";

/** Where the answer to an interaction goes, and in which language. */
const interaction = z.object({
  /** The interaction's id: names the job, and holds the time at which the person asked. */
  id: snowflake,
  applicationId: snowflake,
  /** Good for 15 minutes; a secret, never logged. */
  token: z.string().regex(/^[^/?#\s]{1,500}$/),
  locale: z.string(),
  guildId: snowflake.nullable(),
  channelId: snowflake,
  userId: snowflake,
});

/** What the custom id of the pressed button said. */
const press = z.object({
  round: snowflake,
  position: z.int().min(1).max(9),
  label: z.literal(LABELS),
  image: z.string().regex(IMAGE_NAME),
});

const statsJob = z.object({
  kind: z.literal("stats"),
  interaction,
  /** As the person typed it. */
  request: z.string().max(6000),
  /** Canonical decimals. */
  numbers: z
    .array(
      z
        .string()
        .max(80)
        .regex(/^\d+(\.\d+)?(e[+-]\d+)?$/),
    )
    .min(1)
    .max(10),
  commaBetweenDigits: z.boolean(),
});

/** A round: one message with images to label. */
const hotdogJob = z.object({
  kind: z.literal("hotdog"),
  interaction,
  /** Of the round, which is for everyone: the guild's preferred one. */
  roundLocale: z.string(),
});

/** One person's answer to one image of a round. */
const pressJob = z.object({ kind: z.literal("press"), interaction, press });

/** A transaction log that could not be written when its answer was given. */
const transactionLogJob = z.object({ kind: z.literal("transaction-log"), transaction });

/** Every job that may cross the queue. */
const job = z.discriminatedUnion("kind", [statsJob, hotdogJob, pressJob, transactionLogJob]);

export type Job = z.infer<typeof job>;
export type StatsJob = z.infer<typeof statsJob>;
export type HotdogJob = z.infer<typeof hotdogJob>;
export type PressJob = z.infer<typeof pressJob>;
export type InteractionReference = z.infer<typeof interaction>;

/** The id by which everything a job does is idempotent: the interaction's. */
export function jobId(job: Job): string {
  return job.kind === "transaction-log" ? job.transaction.id : job.interaction.id;
}

/** @throws ZodError for what no worker would take: better here, where the person can still be told */
export function formatJob(value: Job): string {
  return JSON.stringify(job.parse(value));
}

/** @throws SyntaxError or ZodError when the text is not a job */
export function parseJob(body: string): Job {
  return job.parse(JSON.parse(body));
}
