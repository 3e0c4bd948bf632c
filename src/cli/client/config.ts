import { z } from "zod";
import { readEnvironment, type Environment } from "../../process/environment.ts";
import { StartError } from "../../platform/start-error.ts";
import type { SharedQueueAddress } from "../../queue/open-queue.ts";
import { requireOwnReplyQueue, settings, sharedQueue } from "../../process/settings.ts";

const shape = z
  .object({ QUEUE_URL: sharedQueue, REPLY_QUEUE_URL: settings.REPLY_QUEUE_URL })
  .superRefine(requireOwnReplyQueue)
  .superRefine(({ QUEUE_URL, REPLY_QUEUE_URL }, context) => {
    if (QUEUE_URL.engine !== "sqs" || REPLY_QUEUE_URL !== undefined) return;
    context.addIssue({
      code: "custom",
      path: ["REPLY_QUEUE_URL"],
      message:
        "is required with a queue on SQS: the address of another SQS queue, over which workers reply; they need the same",
    });
  });

interface Config {
  jobs: SharedQueueAddress;
  /** Redis has both in one place. */
  replies: SharedQueueAddress;
}

const withQueue = z.object({ QUEUE_URL: settings.QUEUE_URL.default({ engine: "memory" }) });

/**
 * A client without Discord.
 * @throws StartError for settings that are wrong, and for the queue in memory
 */
export function readConfig(environment: Environment): Config {
  if (readEnvironment(withQueue, environment).QUEUE_URL.engine === "memory")
    throw new StartError(
      "There is no queue that this command could reach: without QUEUE_URL, npm start keeps its queue in its own memory. Type /stats in the local Discord that npm start opens; or set QUEUE_URL to a queue on Redis or SQS (.env.example), for npm start and for this command alike.",
    );
  const { QUEUE_URL: jobs, REPLY_QUEUE_URL } = readEnvironment(shape, environment);
  const apart = jobs.engine === "sqs" && REPLY_QUEUE_URL !== undefined;
  return { jobs, replies: apart ? { engine: "sqs", url: REPLY_QUEUE_URL } : jobs };
}
