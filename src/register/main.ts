/** Publishes the commands to Discord. `npm start` does so by itself. */
import { z } from "zod";
import { registerCommands } from "../bot/register-commands.ts";
import { commands } from "../commands/index.ts";
import { readEnvironment } from "../environment.ts";
import { loadEnvironment } from "../load-environment.ts";
import { settings } from "../settings.ts";
import { exitWithReason } from "../start-error.ts";

async function main(): Promise<void> {
  const { DISCORD_TOKEN: token, DISCORD_API: api } = readEnvironment(
    z.object({ DISCORD_TOKEN: settings.DISCORD_TOKEN, DISCORD_API: settings.DISCORD_API }),
    loadEnvironment(process),
  );
  const names = await registerCommands({ token, api, commands });
  process.stdout.write(`published: ${names.join(", ")}\n`);
}

await main().catch((error: unknown) => exitWithReason(error, process));
