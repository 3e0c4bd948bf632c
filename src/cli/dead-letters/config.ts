import { z } from "zod";
import { readEnvironment, type Environment } from "../../process/environment.ts";
import type { SharedQueueAddress } from "../../queue/open-queue.ts";
import { settings } from "../../process/settings.ts";
import { StartError } from "../../platform/start-error.ts";

/** Reads the address of the queue that keeps dead letters. @throws StartError for a queue that ends with its process */
export function readQueueAddress(environment: Environment): SharedQueueAddress {
  const shape = z.object({ QUEUE_URL: settings.QUEUE_URL.default({ engine: "memory" }) });
  const { QUEUE_URL } = readEnvironment(shape, environment);
  if (QUEUE_URL.engine === "memory")
    throw new StartError(
      "The queue is memory: (QUEUE_URL), which keeps dead letters no longer than its process runs; its log has told of each.",
    );
  return QUEUE_URL;
}
