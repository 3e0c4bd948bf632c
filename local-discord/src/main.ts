import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type CliRequest, readArguments } from "./cli/read-arguments.ts";
import { runBot } from "./cli/run-bot.ts";
import { USAGE } from "./cli/usage.ts";
import type { LocalDiscord } from "./local-discord.ts";

function logError(line: string): void {
  process.stderr.write(`${line}\n`);
}

function loadFile(): void {
  if (!existsSync(".env")) return;
  if (statSync(".env").isDirectory())
    throw new Error(".env is a folder. It must be a file with lines NAME=value.");
  process.loadEnvFile(".env");
}

function version(): string {
  const path = fileURLToPath(import.meta.resolve("local-discord/package.json"));
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path, "utf8"))).version;
}

/** Returns undefined after it has reported what is wrong with the arguments. */
function request(): CliRequest | undefined {
  const args = process.argv.slice(2);
  try {
    // The bot of "run" reads its .env itself.
    if (args[0] !== "run") loadFile();
    return readArguments(args, process.env["PLAYGROUND_PORT"]);
  } catch (error) {
    const isUsage = error instanceof TypeError;
    logError(`${error instanceof Error ? error.message : String(error)}${isUsage ? `\n\n${USAGE}` : ""}`);
    process.exitCode = 1;
    return undefined;
  }
}

function serve(discord: LocalDiscord): void {
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void discord.close());
  process.stdout.write(`The local Discord is open at ${discord.page}
Settings with which a bot and its workers connect to it:

DISCORD_TOKEN=${discord.botToken}
DISCORD_PUBLIC_KEY=${discord.publicKey}
DISCORD_API=${discord.api}
DISCORD_CDN_ORIGINS=${discord.cdn}
`);
}

async function run(
  discord: LocalDiscord,
  { command, args, env }: CliRequest & { kind: "run" },
): Promise<void> {
  // The bot's own output is alone on stdout.
  logError(`The local Discord is open at ${discord.page}`);
  const bot = runBot(discord, { command, args, env, inherited: process.env });
  // A terminal sends Ctrl+C to the bot as well, so this process only waits.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => bot.kill(signal));
  try {
    process.exitCode = await bot.ended;
  } finally {
    await discord.close();
  }
}

async function main(): Promise<void> {
  const asked = request();
  if (asked?.kind === "help") process.stdout.write(USAGE);
  if (asked?.kind === "version") process.stdout.write(`${version()}\n`);
  if (asked?.kind !== "serve" && asked?.kind !== "run") return;
  // Loaded on demand: it takes most of the time of a start, which --help and errors do not need.
  const { startFromSettings } = await import("./cli/start-from-settings.ts");
  const discord = await startFromSettings(asked.settings, logError);
  if (asked.kind === "serve") serve(discord);
  else await run(discord, asked);
}

try {
  await main();
} catch (error) {
  logError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
