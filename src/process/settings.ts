import { z } from "zod";
import { CHOICES } from "../labeling/choice.ts";
import { isSecureAddress } from "../platform/secure-address.ts";
import { LOG_LEVELS } from "../platform/log.ts";
import { parseQueueUrl, type QueueAddress, type SharedQueueAddress } from "../queue/open-queue.ts";
import { RETRY_DELAY_MS, VISIBILITY_SECONDS } from "../queue/queue.ts";
import { parseStoreUrl, type StoreAddress } from "../object-store/store-address.ts";

const MAX_PORT = 65_535;
/** One hour; SQS itself would allow twelve. */
const MAX_VISIBILITY_SECONDS = 3_600;
/** The pauses of 1, 4, 16 and 64 times this end before the 15 minutes in which Discord takes an answer. */
const MAX_RETRY_DELAY_MS = 10_000;

const ORIGINS_WANTED = "must be origins parted by commas, https://HOST each (http only for this machine)";

const SHARED_QUEUE =
  "the address of an SQS queue, https://…/QUEUE, or of Redis, redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]";
const SHARED_QUEUES_WANTED = `must be ${SHARED_QUEUE}`;
const QUEUES_WANTED = `must be memory: or ${SHARED_QUEUE}`;
const REPLY_QUEUE_WANTED = "must be the address of an SQS queue, https://…/QUEUE";

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
  QUEUE_URL: queueUrl(QUEUES_WANTED),
  REPLY_QUEUE_URL: queueUrl(REPLY_QUEUE_WANTED)
    .transform((address, context) =>
      address.engine === "sqs" ? address.url : context.addIssue(REPLY_QUEUE_WANTED),
    )
    .pipe(z.string())
    .optional(),
  STORE_URL: z
    .string()
    .default("file:./data")
    .transform((url, context) => {
      const address = parseStoreUrl(url);
      return typeof address === "string" ? context.addIssue(address) : address;
    })
    .pipe(z.custom<StoreAddress>()),
  S3_FORCE_PATH_STYLE: z
    .enum(["true", "false"], "must be true or false")
    .default("false")
    .transform((text) => text === "true"),
  LABELER_SECRET: z.string().min(16, "must have at least 16 characters").optional(),
  HOTDOG_CHOOSE: z.enum(CHOICES, `must be ${CHOICES.join(" or ")}`).default("random"),
  WORKER_CONCURRENCY: wholeNumber(2, 10_000).default(256),
  JOB_VISIBILITY_SECONDS: wholeNumber(1, MAX_VISIBILITY_SECONDS).default(VISIBILITY_SECONDS),
  JOB_RETRY_DELAY_MS: wholeNumber(1, MAX_RETRY_DELAY_MS).default(RETRY_DELAY_MS),
  PLAYGROUND_PORT: wholeNumber(0, MAX_PORT).default(8080),
  PRIVACY_URL: z
    .url({ protocol: /^https$/, error: "must be an https address, where people can read PRIVACY.md" })
    .optional(),
  HEALTH_PORT: wholeNumber(0, MAX_PORT).optional(),
  HEALTH_HOST: z.string().trim().default("127.0.0.1"),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
};

/** QUEUE_URL of a process that is the bot or a worker alone. */
export const sharedQueue = queueUrl(SHARED_QUEUES_WANTED)
  .transform((address, context) =>
    address.engine === "memory"
      ? context.addIssue(`${SHARED_QUEUES_WANTED}; memory: lives in one process, that of npm start`)
      : address,
  )
  .pipe(z.custom<SharedQueueAddress>());

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
export const requireLabelerSecret = z.superRefine<{ LABELER_SECRET?: string | undefined }>(
  ({ LABELER_SECRET }, context) => {
    if (LABELER_SECRET !== undefined) return;
    context.addIssue({
      code: "custom",
      path: ["LABELER_SECRET"],
      message:
        "is required with a store on S3: 16 characters or more, by chance, and the same for every worker",
    });
  },
  // Unless told when, it would not look where another setting is wrong.
  {
    when: ({ value }) =>
      z.object({ STORE_URL: z.object({ engine: z.literal("s3") }) }).safeParse(value).success,
  },
);

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
  return url !== null && url.origin === text && isSecureAddress(url);
}

/** @param wanted what is said of an address that is none */
function queueUrl(wanted: string) {
  return z
    .string()
    .transform((text, context) => {
      const address = parseQueueUrl(text) ?? wanted;
      return typeof address === "string" ? context.addIssue(address) : address;
    })
    .pipe(z.custom<QueueAddress>());
}
