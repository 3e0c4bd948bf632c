import { REST } from "@discordjs/rest";
import { Routes } from "discord-api-types/v10";
import { z } from "zod";
import { asyncCache } from "../platform/async-cache.ts";
import { snowflake } from "../platform/snowflake.ts";

/** How long a failure is cached: Discord bans an address after 10,000 responses with 401 in 10 minutes. */
const FAILURE_LIFETIME_MS = 100;

const application = z.object({ id: snowflake });

/**
 * Returns a function that finds the id of the application that the token belongs to, and caches it. Discord is asked at the
 * first call, not before, so that a worker can start while Discord is away.
 * @param api base address of Discord's API
 * @see https://discord.com/developers/docs/resources/application#get-current-application
 */
export function ownApplication({ token, api }: { token: string; api: string }): () => Promise<string> {
  const cache = asyncCache<string>({
    lifetime: Number.POSITIVE_INFINITY,
    failureLifetime: FAILURE_LIFETIME_MS,
  });

  async function ask(): Promise<string> {
    // A new client for each request: after a 401 response, a client drops its token.
    const rest = new REST({ api }).setToken(token);
    try {
      return application.parse(await rest.get(Routes.currentApplication())).id;
    } finally {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    }
  }

  return () => cache.load("id", ask);
}
