import { z } from "zod";
import { readEnvironment, type Environment } from "../environment.ts";
import type { SharedQueueAddress } from "../queue-address.ts";
import { requireOwnReplyQueue, settings, sharedQueue } from "../settings.ts";

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

/** A client without Discord. */
export function readConfig(environment: Environment): Config {
  const { QUEUE_URL: jobs, REPLY_QUEUE_URL } = readEnvironment(shape, environment);
  const apart = jobs.engine === "sqs" && REPLY_QUEUE_URL !== undefined;
  return { jobs, replies: apart ? { engine: "sqs", url: REPLY_QUEUE_URL } : jobs };
}
