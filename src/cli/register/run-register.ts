import { commands } from "../../commands/index.ts";
import type { RegisterCommand } from "./arguments.ts";
import { registerCommands } from "../../bot/register-commands.ts";

interface Options {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  out: { write(text: string): unknown };
}

const NONE = { slash: [], message: [] };

/**
 * Publishes or removes the bot's commands, and prints one line for each.
 * @throws StartError when Discord cannot be reached, or refuses the token, the commands or the server
 */
export async function runRegister(
  { guild, remove }: RegisterCommand,
  { token, api, out }: Options,
): Promise<void> {
  const { changes } = await registerCommands({ token, api, guild, commands: remove ? NONE : commands });
  const lines = changes.map(({ what, command }) => `${what.padEnd("unchanged".length)}  ${command}\n`);
  out.write(lines.join("") || "There are none.\n");
}
