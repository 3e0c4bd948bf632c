/** Publishes the commands to Discord, and says what changed. The bot does so by itself when it starts. */
import { z } from "zod";
import { readEnvironment } from "../../process/environment.ts";
import { loadEnvironment } from "../../process/load-environment.ts";
import { settings } from "../../process/settings.ts";
import { parseCommand } from "../parse-command.ts";
import { exitWithReason } from "../../platform/start-error.ts";
import { readArguments } from "./arguments.ts";
import { runRegister } from "./run-register.ts";

const USAGE = `Usage: npm run register -- [--guild ID] [--remove]

Publishes the bot's commands, and says which were created, updated, left as they were, or removed. Safe to repeat.

  --guild ID  for the server with this id alone, beside those that are published for all
  --remove    takes them all away, for that server or for all
  --help      this text
`;

async function main(): Promise<void> {
  const wanted = parseCommand(process, USAGE, readArguments);
  if (wanted === undefined) return;
  const { DISCORD_TOKEN: token, DISCORD_API: api } = readEnvironment(
    z.object({ DISCORD_TOKEN: settings.DISCORD_TOKEN, DISCORD_API: settings.DISCORD_API }),
    loadEnvironment(process),
  );
  await runRegister(wanted, { token, api, out: process.stdout });
}

await main().catch((error: unknown) => exitWithReason(error, process));
