import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { startPlayground } from "./start.ts";

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

function logError(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const given = process.env["PLAYGROUND_PORT"]?.trim() ?? "";
  const wanted = port.safeParse(given === "" ? "8080" : given);
  if (!wanted.success) throw new Error("PLAYGROUND_PORT must be a whole number from 0 to 65535.");
  const folder = join("data", "playground");
  const playground = await startPlayground({ port: wanted.data, folder, log: logError });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void playground.close());
  process.stdout.write(`The local Discord is open on ${playground.page}
A bot and workers join it with:

DISCORD_TOKEN=${playground.botToken}
DISCORD_API=${playground.api}
DISCORD_CDN_ORIGINS=${playground.cdn}
`);
}

try {
  await main();
} catch (error) {
  logError(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
