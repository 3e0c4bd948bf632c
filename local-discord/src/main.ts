import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startLocalDiscord } from "./start.ts";

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

function logError(line: string): void {
  process.stderr.write(`${line}\n`);
}

const USAGE = `Usage: npm run local-discord

Runs the local Discord until you stop it (Ctrl+C), and prints the settings with which a bot and its workers connect to it.
Its data is in the folder data/playground. PLAYGROUND_PORT, in the environment or in .env, sets its port on 127.0.0.1
(default 8080).

  --help  this text
`;

/** Returns false if nothing is left to do: after --help, or after an unknown argument. */
function readArguments(): boolean {
  try {
    const { help = false } = parseArgs({ options: { help: { type: "boolean" } } }).values;
    if (help) process.stdout.write(USAGE);
    return !help;
  } catch (error) {
    logError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 1;
    return false;
  }
}

function loadFile(): void {
  if (!existsSync(".env")) return;
  if (statSync(".env").isDirectory())
    throw new Error(".env is a folder. It must be a file with lines NAME=value.");
  process.loadEnvFile(".env");
}

async function main(): Promise<void> {
  if (!readArguments()) return;
  loadFile();
  const setting = process.env["PLAYGROUND_PORT"]?.trim() ?? "";
  const parsed = port.safeParse(setting === "" ? "8080" : setting);
  if (!parsed.success) throw new Error("PLAYGROUND_PORT must be a whole number from 0 to 65535.");
  const folder = join("data", "playground");
  const discord = await startLocalDiscord({ port: parsed.data, folder, log: logError });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void discord.close());
  process.stdout.write(`The local Discord is open at ${discord.page}
Settings with which a bot and its workers connect to it:

DISCORD_TOKEN=${discord.botToken}
DISCORD_API=${discord.api}
DISCORD_CDN_ORIGINS=${discord.cdn}
`);
}

try {
  await main();
} catch (error) {
  logError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
