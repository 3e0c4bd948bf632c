import { z } from "zod";
import { readEnvironment, type Environment } from "./environment.ts";
import { requireLabelerSecret, requireOwnReplyQueue, settings } from "./settings.ts";

const shape = z
  .object({
    ...settings,
    DISCORD_TOKEN: settings.DISCORD_TOKEN.optional(),
    QUEUE_URL: settings.QUEUE_URL.default({ engine: "memory" }),
  })
  .check(requireLabelerSecret)
  .superRefine(requireOwnReplyQueue);

/** Bot and worker in one process; without a token, on the local Discord. */
export function readConfig(environment: Environment): z.infer<typeof shape> {
  return readEnvironment(shape, environment);
}
