import { registerCommands } from "../../bot/register-commands.ts";
import { commands } from "../../commands/index.ts";
import { isSnowflake } from "../../platform/snowflake.ts";
import type { Output } from "../progress-bar.ts";
import { UsageError, type Command } from "../run-command.ts";

const USAGE = `Usage: npm run register -- [--guild ID] [--remove]

Publishes the bot's commands on Discord and prints for each whether it was created, updated, unchanged or removed. The bot does
the same when it starts. Safe to repeat.

  --guild ID  only for the server with this id, in addition to the commands that are published for all servers
  --remove    remove all commands instead, from that server or from all
  --help      print this text
  --version   print the version

Settings: DISCORD_TOKEN, DISCORD_API (docs/configuration.md).
`;

interface Registration {
  /** Id of the only server; undefined for all. */
  guild: string | undefined;
  /** Whether to remove all commands. */
  remove: boolean;
}

const options = { guild: { type: "string" }, remove: { type: "boolean" } } as const;

export const registerCommand: Command<typeof options, Registration> = {
  usage: USAGE,
  options,
  parse({ values: { guild, remove = false } }) {
    if (guild !== undefined && !isSnowflake(guild))
      throw new UsageError(
        "--guild takes the id of a server: in Discord, right-click the server → Copy Server ID (developer mode).",
      );
    return { guild, remove };
  },
};

/**
 * Publishes or removes the bot's commands, and prints one line for each.
 * @param options.api base address of Discord's API
 * @throws StartError when Discord cannot be reached, or rejects the token, the commands or the server
 */
export async function runRegister(
  { guild, remove }: Registration,
  { token, api, out }: { token: string; api: string; out: Output },
): Promise<void> {
  const published = remove ? { slash: [], message: [] } : commands;
  const { changes } = await registerCommands({ token, api, guild, commands: published });
  const lines = changes.map(({ what, command }) => `${what.padEnd("unchanged".length)}  ${command}\n`);
  out.write(lines.join("") || "There are no commands.\n");
}
