import { z } from "zod";
import { readEnvironment, type Environment } from "./environment.ts";
import { requireLabelerSecret, requireOwnReplyQueue, settings, sharedQueue } from "./settings.ts";

const { PLAYGROUND_PORT: _, PRIVACY_URL: __, ...ours } = settings;

const shape = z
  .object({ ...ours, QUEUE_URL: sharedQueue })
  .check(requireLabelerSecret)
  .superRefine(requireOwnReplyQueue);

/** A worker in a process of its own. */
export function readConfig(environment: Environment): z.infer<typeof shape> {
  return readEnvironment(shape, environment);
}
