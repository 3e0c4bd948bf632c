import { fileURLToPath } from "node:url";
import { z } from "zod";
import { LOG_LEVELS } from "./log.ts";

const MAX_PORT = 65_535;

const ORIGINS_WANTED = "must be origins parted by commas, https://HOST each (http only for this machine)";

/** Every setting that a process may have, by the name of its environment variable. */
export const settings = {
  DISCORD_TOKEN: z
    .string()
    .regex(
      /^[\w-]+\.[\w-]+\.[\w-]+$/,
      "must be a bot token (Discord Developer Portal → your application → Bot → Reset Token)",
    ),
  DISCORD_API: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .default("https://discord.com/api"),
  DISCORD_CDN_ORIGINS: z
    .string()
    .default("https://cdn.discordapp.com,https://media.discordapp.net")
    .transform((text) => text.split(/[\s,]+/).filter((origin) => origin !== ""))
    .pipe(z.array(z.string().refine(isOrigin, ORIGINS_WANTED)).min(1, ORIGINS_WANTED)),
  QUEUE_URL: z.literal("memory:", "must be memory:").default("memory:"),
  STORE_URL: z
    .string()
    .regex(/^file:./, "must be file:FOLDER, such as file:./data")
    .default("file:./data")
    .transform(
      (url, context) => folderOf(url) ?? context.addIssue("must be file:FOLDER, such as file:./data"),
    )
    .pipe(z.string()),
  LABELER_SECRET: z.string().min(16, "must have at least 16 characters"),
  WORKER_CONCURRENCY: wholeNumber(2, 10_000).default(256),
  PLAYGROUND_PORT: wholeNumber(0, MAX_PORT).default(8080),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
};

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .refine((value) => value >= least && value <= most, error);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.origin !== text) return false;
  const loopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && loopback);
}

function folderOf(url: string): string | undefined {
  if (!url.startsWith("file://")) return url.slice("file:".length);
  try {
    return fileURLToPath(url);
  } catch {
    // A host, as in file://data.
    return undefined;
  }
}
