import { z } from "zod";
import { readEnvironment, type Environment } from "./environment.ts";
import { settings } from "./settings.ts";

const shape = z.object({
  ...settings,
  DISCORD_TOKEN: settings.DISCORD_TOKEN.optional(),
  LABELER_SECRET: settings.LABELER_SECRET.optional(),
});

/** Bot and worker in one process; without a token, on the local Discord; without a secret, one is kept in the store. */
export function readConfig(environment: Environment): z.infer<typeof shape> {
  return readEnvironment(shape, environment);
}
