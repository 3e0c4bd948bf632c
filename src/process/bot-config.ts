import { z } from "zod";
import { readEnvironment, type Environment } from "./environment.ts";
import { settings, sharedQueue } from "./settings.ts";

const { DISCORD_TOKEN, DISCORD_API, PRIVACY_URL, HEALTH_PORT, HEALTH_HOST, LOG_LEVEL } = settings;

const shape = z.object({
  DISCORD_TOKEN,
  DISCORD_API,
  QUEUE_URL: sharedQueue,
  PRIVACY_URL,
  HEALTH_PORT,
  HEALTH_HOST,
  LOG_LEVEL,
});

/** A bot in a process of its own. */
export function readConfig(environment: Environment): z.infer<typeof shape> {
  return readEnvironment(shape, environment);
}
