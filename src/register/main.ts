/** Publishes the commands to Discord. `npm start` does so by itself. */
import { existsSync } from "node:fs";
import { z } from "zod";
import { registerCommands } from "../bot/register-commands.ts";
import { commands } from "../commands/index.ts";
import { readEnvironment } from "../environment.ts";
import { settings } from "../settings.ts";
import { exitWithReason } from "../start-error.ts";

async function main(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const { DISCORD_TOKEN: token, DISCORD_API: api } = readEnvironment(
    z.object({ DISCORD_TOKEN: settings.DISCORD_TOKEN, DISCORD_API: settings.DISCORD_API }),
    process.env,
  );
  const names = await registerCommands({ token, api, commands });
  process.stdout.write(`published: ${names.join(", ")}\n`);
}

await main().catch((error: unknown) => exitWithReason(error, process));
