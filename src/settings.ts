import { fileURLToPath } from "node:url";
import { z } from "zod";
import { LOG_LEVELS } from "./log.ts";

const MAX_PORT = 65_535;

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
  WORKER_CONCURRENCY: wholeNumber(1, 10_000).default(256),
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

function folderOf(url: string): string | undefined {
  if (!url.startsWith("file://")) return url.slice("file:".length);
  try {
    return fileURLToPath(url);
  } catch {
    // A host, as in file://data.
    return undefined;
  }
}
