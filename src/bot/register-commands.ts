import { DiscordAPIError, REST, Routes } from "discord.js";
import { z } from "zod";
import type { Commands } from "../commands/command.ts";
import { snowflake } from "../domain/snowflake.ts";
import { StartError } from "../start-error.ts";

interface Registration {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  commands: Commands;
}

/**
 * Publishes exactly these commands for every server; safe to repeat.
 * @returns their names
 * @throws StartError when Discord cannot be reached or refuses the token
 */
export async function registerCommands({ token, api, commands }: Registration): Promise<string[]> {
  const rest = new REST({ api }).setToken(token);
  const all = [...commands.slash, ...commands.message];
  try {
    const { id } = z.object({ id: snowflake }).parse(await rest.get(Routes.currentApplication()));
    await rest.put(Routes.applicationCommands(id), { body: all.map(({ data }) => data) });
  } catch (error) {
    throw new StartError(reasonOf(error, api), { cause: error });
  }
  return all.map(({ data }) => data.name);
}

function reasonOf(error: unknown, api: string): string {
  if (error instanceof DiscordAPIError && error.status === 401) {
    return "Discord does not accept the token in DISCORD_TOKEN. Make a new one: Developer Portal → your application → Bot → Reset Token.";
  }
  if (error instanceof DiscordAPIError) return `Discord does not take the commands: ${error.message}`;
  return `Discord cannot be reached at ${api}: ${error instanceof Error ? error.message : String(error)}`;
}
