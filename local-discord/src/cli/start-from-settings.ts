import { readFileSync } from "node:fs";
import type { LocalDiscord } from "../local-discord.ts";
import { startLocalDiscord } from "../start.ts";
import { parseWorld } from "../state/world-description.ts";
import type { CliSettings } from "./read-arguments.ts";

/**
 * Starts a local Discord with the settings of a command line.
 * @throws Error with instructions, also for a world that cannot be read
 */
export async function startFromSettings(
  { folder, world, token, interactionsUrl, ...settings }: CliSettings,
  log: (line: string) => void,
): Promise<LocalDiscord> {
  return startLocalDiscord({
    ...settings,
    log,
    ...(folder === undefined ? {} : { folder }),
    ...(token === undefined ? {} : { token }),
    ...(interactionsUrl === undefined ? {} : { interactionsUrl }),
    ...(world === undefined ? {} : { world: readWorld(world) }),
  });
}

function readWorld(path: string): ReturnType<typeof parseWorld> {
  try {
    return parseWorld(readFileSync(path, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} cannot be used. ${reason}`, { cause });
  }
}
