import { REST } from "@discordjs/rest";
import { Routes } from "discord-api-types/v10";
import { z } from "zod";
import { asyncCache } from "../platform/async-cache.ts";
import { snowflake } from "../platform/snowflake.ts";

/** How long a failed request is cached: Discord bans an address after 10,000 responses with 401 in 10 minutes. */
const FAILURE_LIFETIME_MS = 100;

/** Returns a function that asks Discord, at its first call, for the id of the application that a token belongs to. */
export function applicationIdReader({ token, api }: { token: string; api: string }): () => Promise<string> {
  const application = asyncCache<string>({
    lifetime: Number.POSITIVE_INFINITY,
    failureLifetime: FAILURE_LIFETIME_MS,
  });
  return () => application.load("id", () => askApplicationId(token, api));
}

/**
 * Uses a new client for each request: after a response with 401, a client drops its token.
 * @see https://discord.com/developers/docs/resources/application#get-current-application
 */
async function askApplicationId(token: string, api: string): Promise<string> {
  const rest = new REST({ api }).setToken(token);
  try {
    return z.object({ id: snowflake }).parse(await rest.get(Routes.currentApplication())).id;
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
