import { z } from "zod";
import { MIN_VIEW_MS } from "../jobs/label.ts";
import { IMAGE_ORDERS } from "../labeling/priority.ts";
import { HOTDOG_UPLOADERS } from "../labeling/project-settings.ts";
import { DEFAULT_SETTLE_AT, SETTLE_THRESHOLDS } from "../labeling/settle-thresholds.ts";
import { isSecureAddress } from "../platform/secure-address.ts";
import { LOG_LEVELS } from "../platform/log.ts";
import { parseQueueUrl, type QueueAddress, type SharedQueueAddress } from "../queue/open-queue.ts";
import { DEFAULT_RETRY_DELAY_MS, DEFAULT_VISIBILITY_SECONDS } from "../queue/queue.ts";
import { parseStoreUrl, type StoreAddress } from "../object-store/store-address.ts";

const SETTLE_TEXTS = SETTLE_THRESHOLDS.map(String);
const MAX_PORT = 65_535;
const MAX_MIN_VIEW_MS = 5_000;
/** One hour; SQS itself allows twelve. */
const MAX_VISIBILITY_SECONDS = 3_600;
/** The retries come after 1, 4, 16 and 64 times the delay, and Discord takes an answer for 15 minutes. */
const MAX_RETRY_DELAY_MS = 10_000;

const ORIGINS_EXPECTED =
  "must be origins separated by commas, each https://HOST (http only for this machine)";
const SHARED_QUEUE =
  "the address of an SQS queue, https://…/QUEUE, or of Redis, redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]";
const SHARED_QUEUE_EXPECTED = `must be ${SHARED_QUEUE}`;
const QUEUE_EXPECTED = `must be memory: or ${SHARED_QUEUE}`;
const REPLY_QUEUE_EXPECTED = "must be the address of an SQS queue, https://…/QUEUE";

/**
 * Every setting, by the name of its environment variable. The description is Markdown for docs/configuration.md; `default` says
 * what applies without the setting where neither the schema's default nor "none" does.
 */
export const settings = {
  DISCORD_TOKEN: z
    .string()
    .regex(
      /^[\w-]+\.[\w-]+\.[\w-]+$/,
      "must be a bot token (Discord Developer Portal → your application → Bot → Reset Token)",
    )
    .describe(
      "The bot token: Discord Developer Portal → your application → **Bot** → **Reset Token**. Without it, `npm start` opens the local Discord; `npm run bot` and `npm run worker` require it.",
    ),
  QUEUE_URL: queueUrl(QUEUE_EXPECTED).meta({
    description:
      "The queue between the bot and the workers. `memory:` is a queue inside the process of `npm start`. A bot and workers in separate processes need the address of an SQS queue, `https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE`, or of Redis, `redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]` (`rediss://` for TLS).",
    default: "`memory:` for `npm start`; otherwise required",
  }),
  STORE_URL: parsedWith<StoreAddress>(parseStoreUrl).prefault("file:./data").meta({
    description:
      "Where images, labels and transaction logs are stored: `file:FOLDER`, which takes a single worker, or `s3://BUCKET/PREFIX`, which takes any number.",
    default: "`file:./data`",
  }),
  LABELER_SECRET: z.string().min(16, "must have at least 16 characters").optional().meta({
    description:
      "Key of the pseudonyms in the label file: at least 16 random characters, such as those of `openssl rand -hex 32`, and the same for every worker. Never change it: with another key, everybody who has labeled becomes a new person.",
    default: "created and kept in the folder of a `file:` store; required with `s3://`",
  }),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`)
    .default("info")
    .describe(
      `The least severe log lines that are written: ${LOG_LEVELS.map((level) => `\`${level}\``).join(", ")}.`,
    ),
  PRIVACY_URL: z
    .url({ protocol: /^https$/, error: "must be an https address, where people can read PRIVACY.md" })
    .optional()
    .describe(
      "An https address at which you have published your version of [PRIVACY.md](../PRIVACY.md). `/help` links to it.",
    ),
  HOME_GUILD_ID: z
    .string()
    .regex(/^\d{17,19}$/, "must be the id of a server: 17 to 19 digits")
    .optional()
    .meta({
      description:
        "Id of the server whose moderators look after the hot dogs: members with Manage Messages there remove and approve images, and members with Manage Server export the labels. Elsewhere only the owner of the application, or its team, may. In the project of a channel, the permissions in that channel count instead.",
      default: "the only server of the bot, if its application is private; otherwise none",
    }),
  HOTDOG_CHOOSE: z
    .enum(IMAGE_ORDERS, `must be ${IMAGE_ORDERS.join(" or ")}`)
    .default("random")
    .describe(
      "Which images `/hotdog` shows if the person does not choose: `random`, or `needed`, those that most need more answers.",
    ),
  HOTDOG_SETTLE: z
    .enum(SETTLE_TEXTS, `must be one of ${SETTLE_TEXTS.join(", ")}`)
    .transform(Number)
    .default(DEFAULT_SETTLE_AT)
    .describe(
      `How sure the label of a hot dog image must be before the image gets no more answers: ${SETTLE_TEXTS.map((text) => `\`${text}\``).join(", ")}. See [how many presses each takes](commands.md#when-an-image-is-settled). The project of a channel has its own, in \`/project edit\`.`,
    ),
  HOTDOG_UPLOADS: z
    .enum(
      HOTDOG_UPLOADERS,
      `must be ${HOTDOG_UPLOADERS.slice(0, -1).join(", ")} or ${HOTDOG_UPLOADERS.at(-1)}`,
    )
    .default("everyone")
    .describe(
      "Who may add images of hot dogs: `everyone`, wherever they can use the bot; `approval`, everyone, but the images wait until a moderator of the home server approves them with _Review_ (`HOME_GUILD_ID`); or `home`, only people in the home server. Images of those who look after the hot dogs never wait. The project of a channel has its own setting, in `/project edit`.",
    ),
  LABEL_MIN_VIEW_MS: wholeNumber(0, MAX_MIN_VIEW_MS)
    .default(MIN_VIEW_MS)
    .describe(
      "Milliseconds for which `/label` must have shown an image before a press counts, 0 to 5000. An earlier press was meant for what the message showed before.",
    ),
  WORKER_CONCURRENCY: wholeNumber(2, 10_000)
    .default(256)
    .describe("Number of jobs that a worker runs at the same time, 2 to 10000."),
  JOB_VISIBILITY_SECONDS: wholeNumber(1, MAX_VISIBILITY_SECONDS)
    .default(DEFAULT_VISIBILITY_SECONDS)
    .describe(
      "Visibility timeout: seconds until the jobs of a worker that died are redelivered to another, 1 to 3600 (on Redis up to a quarter more or less). Below 8, jobs of a busy worker may run twice.",
    ),
  JOB_RETRY_DELAY_MS: wholeNumber(1, MAX_RETRY_DELAY_MS)
    .default(DEFAULT_RETRY_DELAY_MS)
    .describe(
      "Milliseconds until a failed job is retried the first time, 1 to 10000. Each later delay is four times as long; each is shortened by up to half at random.",
    ),
  REPLY_QUEUE_URL: queueUrl(REPLY_QUEUE_EXPECTED)
    .transform((address, context) =>
      address.engine === "sqs" ? address.url : context.addIssue(REPLY_QUEUE_EXPECTED),
    )
    .pipe(z.string())
    .optional()
    .describe(
      "The address of a second SQS queue, through which workers reply to `npm run client`. The same for the workers and the clients. Redis does not need it.",
    ),
  S3_FORCE_PATH_STYLE: z
    .enum(["true", "false"], "must be true or false")
    .default("false")
    .transform((text) => text === "true")
    .describe("`true` for S3 servers that expect the bucket in the path instead of the host name."),
  HEALTH_PORT: wholeNumber(0, MAX_PORT).optional().meta({
    description:
      "Port on which the process serves `/livez`, `/readyz` and `/metrics`. `0` lets the system choose. Two processes on one machine need two ports.",
    default: "none: they are not served",
  }),
  HEALTH_HOST: z.string().trim().default("127.0.0.1").describe("Address on which the health port listens."),
  DISCORD_API: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .default("https://discord.com/api")
    .describe("Base address of Discord's API. Only the local Discord and tests need another."),
  DISCORD_CDN_ORIGINS: z
    .string()
    .default("https://cdn.discordapp.com,https://media.discordapp.net")
    .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ""))
    .pipe(z.array(z.string().refine(isOrigin, ORIGINS_EXPECTED)).min(1, ORIGINS_EXPECTED))
    .describe(
      "Origins from which attachments may be downloaded, separated by commas. They must use https, except on this machine.",
    ),
  PLAYGROUND_PORT: wholeNumber(0, MAX_PORT)
    .default(8080)
    .describe(
      "Port of the local Discord on 127.0.0.1, also for `npm run local-discord`. `0` lets the system choose.",
    ),
};

/** Descriptions of variables that the AWS SDK reads by itself, for docs/configuration.md. */
export const awsVariables = {
  AWS_REGION: "The AWS region of the queue and the bucket, such as `eu-west-1`.",
  AWS_ACCESS_KEY_ID:
    "Access key, if the SDK does not find credentials by itself (in a profile or from the role of the machine).",
  AWS_SECRET_ACCESS_KEY: "The secret that belongs to `AWS_ACCESS_KEY_ID`.",
  AWS_ENDPOINT_URL_S3: "Address of an S3 server that is not AWS, such as `http://127.0.0.1:9000`.",
};

/** QUEUE_URL of a bot or worker that runs in a separate process. */
export const sharedQueue = queueUrl(SHARED_QUEUE_EXPECTED)
  .transform((address, context) =>
    address.engine === "memory"
      ? context.addIssue(`${SHARED_QUEUE_EXPECTED}; memory: works only within npm start`)
      : address,
  )
  .pipe(z.custom<SharedQueueAddress>());

/** Checks that replies have a separate queue: a worker would take them for jobs. */
export const requireOtherReplyQueue = z.refine<{
  QUEUE_URL: QueueAddress;
  REPLY_QUEUE_URL?: string | undefined;
}>(({ QUEUE_URL, REPLY_QUEUE_URL }) => QUEUE_URL.engine !== "sqs" || QUEUE_URL.url !== REPLY_QUEUE_URL, {
  path: ["REPLY_QUEUE_URL"],
  error: "must be another queue than QUEUE_URL",
});

/** Checks that there is a secret where it cannot be kept in the store's folder. */
export const requireLabelerSecret = z.refine<{ LABELER_SECRET?: string | undefined }>(
  ({ LABELER_SECRET }) => LABELER_SECRET !== undefined,
  {
    path: ["LABELER_SECRET"],
    error: "is required with a store on S3: 16 random characters or more, the same for every worker",
    // By default, zod skips this check when another setting is wrong.
    when: ({ value }) =>
      z.object({ STORE_URL: z.object({ engine: z.literal("s3") }) }).safeParse(value).success,
  },
);

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .refine((value) => value >= min && value <= max, error);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.origin === text && isSecureAddress(url);
}

/** @param expected the message for anything that is not the address of a queue */
function queueUrl(expected: string) {
  return parsedWith<QueueAddress>((text) => parseQueueUrl(text) ?? expected);
}

/** @param parse returns the value of a setting, or what is wrong with it, as the end of a sentence that starts with its name */
function parsedWith<Value extends object>(parse: (text: string) => Value | string) {
  return z.string().transform((text, context): Value => {
    const value = parse(text);
    if (typeof value !== "string") return value;
    context.addIssue(value);
    return z.NEVER;
  });
}
