/** The settings that each process and command reads. */
import { z } from "zod";
import { StartError } from "../platform/start-error.ts";
import type { SharedQueueAddress } from "../queue/open-queue.ts";
import { readEnvironment, type Environment } from "./environment.ts";
import { requireLabelerSecret, requireOtherReplyQueue, settings, sharedQueue } from "./settings.ts";

const { DISCORD_TOKEN, DISCORD_API, QUEUE_URL, STORE_URL, S3_FORCE_PATH_STYLE } = settings;
const { REPLY_QUEUE_URL, PRIVACY_URL, HOME_GUILD_ID, LABEL_MIN_VIEW_MS, HOTDOG_SETTLE } = settings;
const { HEALTH_PORT, HEALTH_HOST, LOG_LEVEL } = settings;
const {
  PLAYGROUND_PORT: _,
  PRIVACY_URL: __,
  HOME_GUILD_ID: ___,
  LABEL_MIN_VIEW_MS: ____,
  ...workerSettings
} = settings;

const queueOrMemory = QUEUE_URL.default({ engine: "memory" });

/** What each process reads, by the npm script that starts it. */
export const configShapes = {
  start: z
    .object({ ...settings, DISCORD_TOKEN: DISCORD_TOKEN.optional(), QUEUE_URL: queueOrMemory })
    .check(requireLabelerSecret, requireOtherReplyQueue),
  bot: z.object({
    DISCORD_TOKEN,
    DISCORD_API,
    QUEUE_URL: sharedQueue,
    PRIVACY_URL,
    HOME_GUILD_ID,
    LABEL_MIN_VIEW_MS,
    HEALTH_PORT,
    HEALTH_HOST,
    LOG_LEVEL,
  }),
  worker: z
    .object({ ...workerSettings, QUEUE_URL: sharedQueue })
    .check(requireLabelerSecret, requireOtherReplyQueue),
  import: z.object({ STORE_URL, S3_FORCE_PATH_STYLE }),
  export: z.object({ STORE_URL, S3_FORCE_PATH_STYLE, HOTDOG_SETTLE }),
  projects: z.object({ STORE_URL, S3_FORCE_PATH_STYLE }),
  register: z.object({ DISCORD_TOKEN, DISCORD_API }),
  client: z
    .object({ QUEUE_URL: sharedQueue, REPLY_QUEUE_URL })
    .check(requireOtherReplyQueue)
    .refine((config) => config.QUEUE_URL.engine !== "sqs" || config.REPLY_QUEUE_URL !== undefined, {
      path: ["REPLY_QUEUE_URL"],
      error:
        "is required with a queue on SQS: the address of another SQS queue, through which the workers reply; they need the same one",
    }),
  "dead-letters": z.object({ QUEUE_URL: queueOrMemory }),
};

type Shapes = typeof configShapes;

/**
 * Reads the settings of one process.
 * @throws StartError that lists every mistake
 */
export function readConfig<Name extends keyof Shapes>(
  name: Name,
  environment: Environment,
): z.infer<Shapes[Name]> {
  return readEnvironment<Shapes[Name]>(configShapes[name], environment);
}

export interface ClientConfig {
  jobs: SharedQueueAddress;
  /** Redis carries jobs and replies at one address. */
  replies: SharedQueueAddress;
}

/** Reads the queues of the client. @throws StartError for wrong settings, and for the queue in memory */
export function readClientConfig(environment: Environment): ClientConfig {
  if (readConfig("dead-letters", environment).QUEUE_URL.engine === "memory")
    throw new StartError(
      "This command cannot reach the queue: without QUEUE_URL, npm start keeps its queue in its own memory. Type /stats in the local Discord that npm start opens. Or set QUEUE_URL to a queue on Redis or SQS (docs/configuration.md), both for npm start and for this command.",
    );
  const { QUEUE_URL: jobs, REPLY_QUEUE_URL: replies } = readConfig("client", environment);
  const isSeparate = jobs.engine === "sqs" && replies !== undefined;
  return { jobs, replies: isSeparate ? { engine: "sqs", url: replies } : jobs };
}

/** Reads the address of a queue that keeps dead letters. @throws StartError for wrong settings, and for the queue in memory */
export function readDeadLetterQueue(environment: Environment): SharedQueueAddress {
  const config = readConfig("dead-letters", environment);
  if (config.QUEUE_URL.engine === "memory")
    throw new StartError(
      "QUEUE_URL is memory:, so dead letters last only as long as the process that runs the queue. Its log names each of them.",
    );
  return config.QUEUE_URL;
}
