import { REST } from "@discordjs/rest";
import { Routes } from "discord-api-types/v10";
import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";

/** Milliseconds for which a failure is told to whoever asks: 10,000 answers of 401 in 10 minutes would ban our address. */
const FAILURE_LIFETIME_MS = 100;

const application = z.object({ id: snowflake });

/**
 * Tells the id of the application that the token belongs to. Discord is asked at the first call, not before, so that a worker
 * starts while Discord is away; whoever asks meanwhile shares the question, and what was found once stays.
 * @param api base address of Discord's API
 * @see https://discord.com/developers/docs/resources/application#get-current-application
 */
export function ownApplication({ token, api }: { token: string; api: string }): () => Promise<string> {
  let known: Promise<string> | undefined;

  async function ask(): Promise<string> {
    // A client of its own each time: one that was once answered with 401 forgets its token.
    const rest = new REST({ api }).setToken(token);
    try {
      return application.parse(await rest.get(Routes.currentApplication())).id;
    } finally {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    }
  }

  return () => {
    if (known !== undefined) return known;
    const asked = ask();
    known = asked;
    asked.catch(() => setTimeout(() => (known = undefined), FAILURE_LIFETIME_MS).unref());
    return asked;
  };
}
