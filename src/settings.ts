import { fileURLToPath } from "node:url";
import { z } from "zod";
import { LOG_LEVELS } from "./log.ts";
import { parseRedisUrl } from "./queue/bullmq/redis-address.ts";
import type { StoreAddress } from "./store-address.ts";

const MAX_PORT = 65_535;

const ORIGINS_WANTED = "must be origins parted by commas, https://HOST each (http only for this machine)";

/** Of a queue that processes share. */
export type SharedQueueAddress = { engine: "sqs" | "bullmq"; url: string };

export type QueueAddress = { engine: "memory" } | SharedQueueAddress;

const SHARED_QUEUE =
  "the address of an SQS queue, https://…/QUEUE, or of Redis, redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]";
const SHARED_QUEUES_WANTED = `must be ${SHARED_QUEUE}`;
const QUEUES_WANTED = `must be memory: or ${SHARED_QUEUE}`;
const REPLY_QUEUE_WANTED = "must be the address of an SQS queue, https://…/QUEUE";
const STORES_WANTED = "must be file:FOLDER, such as file:./data, or s3://BUCKET/PREFIX";

/** Every setting that a process may have, by the name of its environment variable. */
export const settings = {
  DISCORD_TOKEN: z
    .string()
    .regex(
      /^[\w-]+\.[\w-]+\.[\w-]+$/,
      "must be a bot token (Discord Developer Portal → your application → Bot → Reset Token)",
    ),
  DISCORD_API: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .default("https://discord.com/api"),
  DISCORD_CDN_ORIGINS: z
    .string()
    .default("https://cdn.discordapp.com,https://media.discordapp.net")
    .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ""))
    .pipe(z.array(z.string().refine(isOrigin, ORIGINS_WANTED)).min(1, ORIGINS_WANTED)),
  QUEUE_URL: z
    .string()
    .transform((url, context) => queueAddress(url) ?? context.addIssue(QUEUES_WANTED))
    .pipe(z.custom<QueueAddress>()),
  REPLY_QUEUE_URL: z
    .string()
    .refine((url) => queueAddress(url)?.engine === "sqs", REPLY_QUEUE_WANTED)
    .optional(),
  STORE_URL: z
    .string()
    .default("file:./data")
    .transform((url, context) => storeAddress(url) ?? context.addIssue(STORES_WANTED))
    .pipe(z.custom<StoreAddress>()),
  S3_FORCE_PATH_STYLE: z
    .enum(["true", "false"], "must be true or false")
    .default("false")
    .transform((text) => text === "true"),
  LABELER_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
  WORKER_CONCURRENCY: wholeNumber(2, 10_000).default(256),
  PLAYGROUND_PORT: wholeNumber(0, MAX_PORT).default(8080),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
};

/** QUEUE_URL of a process that is the bot or a worker alone. */
export const sharedQueue = settings.QUEUE_URL.transform((address, context) =>
  address.engine === "memory"
    ? context.addIssue(`${SHARED_QUEUES_WANTED}; memory: lives in one process, that of npm start`)
    : address,
).pipe(z.custom<SharedQueueAddress>());

/** Jobs and replies in one queue would be taken for each other. */
export function requireOwnReplyQueue(
  { QUEUE_URL, REPLY_QUEUE_URL }: { QUEUE_URL: QueueAddress; REPLY_QUEUE_URL?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (QUEUE_URL.engine !== "sqs" || QUEUE_URL.url !== REPLY_QUEUE_URL) return;
  context.addIssue({
    code: "custom",
    path: ["REPLY_QUEUE_URL"],
    message: "must be another queue than QUEUE_URL",
  });
}

/** Where a store is no folder, nothing can be kept beside it. */
export function requireLabelerSecret(
  { STORE_URL, LABELER_SECRET }: { STORE_URL: StoreAddress; LABELER_SECRET?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (STORE_URL.engine === "disk" || LABELER_SECRET !== undefined) return;
  context.addIssue({
    code: "custom",
    path: ["LABELER_SECRET"],
    message:
      "is required with a store on S3: 16 characters or more, by chance, and the same for every worker",
  });
}

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .refine((value) => value >= least && value <= most, error);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.origin !== text) return false;
  const loopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && loopback);
}

function queueAddress(url: string): QueueAddress | undefined {
  if (url === "memory:") return { engine: "memory" };
  if (parseRedisUrl(url) !== undefined) return { engine: "bullmq", url };
  const queue = URL.parse(url);
  if (queue === null || !/^https?:$/.test(queue.protocol)) return undefined;
  return /^(\/[\w-]+)+(\.fifo)?$/.test(queue.pathname) ? { engine: "sqs", url } : undefined;
}

function storeAddress(url: string): StoreAddress | undefined {
  const { bucket, prefix = "" } =
    /^s3:\/\/(?<bucket>[a-z0-9.-]{3,63})(?:\/(?<prefix>.*))?$/.exec(url)?.groups ?? {};
  if (bucket !== undefined) return { engine: "s3", bucket, prefix: prefix.replace(/\/$/, "") };
  const folder = /^file:./.test(url) ? folderOf(url) : undefined;
  return folder === undefined ? undefined : { engine: "disk", folder };
}

function folderOf(url: string): string | undefined {
  if (!url.startsWith("file://")) return url.slice("file:".length);
  try {
    return fileURLToPath(url);
  } catch {
    // A host, as in file://data.
    return undefined;
  }
}
