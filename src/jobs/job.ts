import { z } from "zod";
import { CHOICES } from "../labeling/choice.ts";
import { EXPORT_FORMATS } from "../labeling/export-format.ts";
import { IMAGE_NAME } from "../labeling/image.ts";
import { LABELS } from "../labeling/label.ts";
import { isSecureUrl } from "../platform/secure-address.ts";
import { snowflake } from "../platform/snowflake.ts";
import { transaction } from "../stats/transaction.ts";
import { printable } from "../platform/safe-text.ts";
import { interaction, locale } from "./interaction.ts";
import { describeError } from "../platform/describe-error.ts";

const image = z.string().regex(IMAGE_NAME);

/** Tells a client's replies from those of others. */
export const clientId = z.uuid();

/** What the custom id of the pressed button said. */
const press = z.object({
  round: snowflake,
  position: z.int().min(1).max(9),
  label: z.literal(LABELS),
  image,
});

/** UTF-16 units: what Discord allows in an option. */
export const LONGEST_REQUEST = 6_000;

/** As the person typed it. */
const request = z.string().max(LONGEST_REQUEST);

/** Canonical decimals. */
const numbers = z
  .array(
    z
      .string()
      .max(80)
      .regex(/^\d+(\.\d+)?(e[+-]\d+)?$/),
  )
  .min(1)
  .max(10);

const statsJob = z.object({
  kind: z.literal("stats"),
  interaction,
  request,
  numbers,
  commaBetweenDigits: z.boolean(),
});

/** The same, asked by a client without Discord. The answer goes to it over the reply queue. */
const clientStatsJob = z.object({
  kind: z.literal("client-stats"),
  id: snowflake,
  client: clientId,
  request,
  numbers,
});

/** A round: one message with images to label. */
const hotdogJob = z.object({
  kind: z.literal("hotdog"),
  interaction,
  /** Of the round, which is for everyone: the guild's preferred one. */
  roundLocale: locale,
  /** The worker's default where the asker has not said; older bots never do. */
  choose: z.enum(CHOICES).optional(),
});

/** One person's answer to one image of a round. */
const pressJob = z.object({ kind: z.literal("press"), interaction, press });

/** A file that somebody attached. */
const attachedFile = z.object({
  /** Signed, and good for a day. The worker takes none but those on origins it knows. */
  url: z.url().refine(isSecureUrl, "must be an https address without a user (http only on this machine)"),
  name: z.string().max(300),
});

const files = z.array(attachedFile).min(1).max(10);

/** Images for the set, attached to a command or standing in the message that a command was used on. */
const uploadJob = z.object({ kind: z.literal("upload"), interaction, files });

/** Images for the set in a message to the bot. There is no interaction: the worker edits the bot's reply. */
const messageUploadJob = z.object({
  kind: z.literal("message-upload"),
  message: z.object({
    id: snowflake,
    channelId: snowflake,
    guildId: snowflake.nullable(),
    userId: snowflake,
    locale,
    /** The bot's reply. */
    replyId: snowflake,
  }),
  files,
});

const images = z.array(image).min(1).max(10);

/** Shows these images to somebody who may take them out of the set. */
const offerRemovalJob = z.object({
  kind: z.literal("offer-removal"),
  interaction,
  images,
  /** The message of the images, where it is the answer to an upload. */
  uploadAnswerId: snowflake.optional(),
});

/** Takes an image out of the set. */
const removeJob = z.object({
  kind: z.literal("remove"),
  interaction,
  image,
  /** The message with the button, which is to show it; older bots have acknowledged with a message of its own instead. */
  messageId: snowflake.optional(),
  /** The answer to an upload that is to show it too, in the same channel. */
  uploadAnswerId: snowflake.optional(),
});

/** How far the labelling has come. */
const progressJob = z.object({ kind: z.literal("progress"), interaction });
/** Sends the labels, as files. */
const exportJob = z.object({
  kind: z.literal("export"),
  interaction,
  format: z.literal(EXPORT_FORMATS),
  /** Bytes of a file, as the interaction told. */
  attachmentSizeLimit: z.int().positive().optional(),
});
/** Sends a person all that is kept about them. */
const myDataJob = z.object({ kind: z.literal("my-data"), interaction });

/** Removes all that is kept about a person, up to this interaction. */
const forgetJob = z.object({ kind: z.literal("forget"), interaction });

/** A transaction log that could not be written when its answer was given. */
const transactionLogJob = z.object({ kind: z.literal("transaction-log"), transaction });

/** Every job that may cross the queue. */
const job = z.discriminatedUnion(
  "kind",
  [
    statsJob,
    clientStatsJob,
    hotdogJob,
    pressJob,
    uploadJob,
    messageUploadJob,
    offerRemovalJob,
    removeJob,
    progressJob,
    exportJob,
    myDataJob,
    forgetJob,
    transactionLogJob,
  ],
  "no kind of job that this version knows",
);

export type Job = z.infer<typeof job>;
export const JOB_KINDS: readonly Job["kind"][] = job.options.map(({ shape }) => shape.kind.value);
export type StatsJob = z.infer<typeof statsJob>;
export type ClientStatsJob = z.infer<typeof clientStatsJob>;
export type HotdogJob = z.infer<typeof hotdogJob>;
export type PressJob = z.infer<typeof pressJob>;
export type UploadJob = z.infer<typeof uploadJob>;
export type MessageUploadJob = z.infer<typeof messageUploadJob>;
export type OfferRemovalJob = z.infer<typeof offerRemovalJob>;
export type RemoveJob = z.infer<typeof removeJob>;
export type ProgressJob = z.infer<typeof progressJob>;
export type ExportJob = z.infer<typeof exportJob>;
export type MyDataJob = z.infer<typeof myDataJob>;
export type ForgetJob = z.infer<typeof forgetJob>;
export type AttachedFile = z.infer<typeof attachedFile>;
export type MessageReference = MessageUploadJob["message"];
export type InteractionReference = z.infer<typeof interaction>;

/** The id by which everything a job does is idempotent: the interaction's, or the message's. */
export function jobId(job: Job): string {
  if (job.kind === "transaction-log") return job.transaction.id;
  if (job.kind === "client-stats") return job.id;
  return job.kind === "message-upload" ? job.message.id : job.interaction.id;
}

/** The application whose interaction it answers; undefined for a job without an interaction. */
export function jobApplication(job: Job): string | undefined {
  return "interaction" in job ? job.interaction.applicationId : undefined;
}

/**
 * At which level a log tells that all goes as it should: of presses there may be a thousand a second, which only somebody
 * who looks for one wants to read.
 */
export function usualLevel({ kind }: Job): "debug" | "info" {
  return kind === "press" ? "debug" : "info";
}

/**
 * Whose job it is, for engines that let nobody's jobs crowd out those of others: a guild, a channel outside of guilds, or a
 * client without Discord.
 */
export function tenantOf(job: Job): string {
  if (job.kind === "client-stats") return job.client;
  const from =
    job.kind === "transaction-log"
      ? job.transaction
      : job.kind === "message-upload"
        ? job.message
        : job.interaction;
  return from.guildId ?? from.channelId ?? "client";
}

/** @throws ZodError for what no worker would take: better here, where the person can still be told */
export function formatJob(value: Job): string {
  return JSON.stringify(job.parse(value));
}

/** @throws Error that says in one printable line why the text is no job: an operator reads it among others */
export function parseJob(body: string): Job {
  const result = read(body);
  if ("job" in result) return result.job;
  throw new Error(printable(result.reason));
}

/** The same, or undefined. */
export function jobIn(body: string): Job | undefined {
  const result = read(body);
  return "job" in result ? result.job : undefined;
}

function read(body: string): { job: Job } | { reason: string } {
  try {
    const { data, error } = job.safeParse(JSON.parse(body));
    if (error === undefined) return { job: data };
    const issues = error.issues.map(({ path, message }) => [...path, message].map(String).join(": "));
    return { reason: issues.join("; ") };
  } catch (error) {
    return { reason: describeError(error) };
  }
}

/** What a log calls the job in a body, also one that only a newer version would take. */
export function interactionIn(body: string): string | undefined {
  const job = jobIn(body);
  return job === undefined ? /"id":\s*"(\d{1,19})"/.exec(body)?.[1] : jobId(job);
}
