import { test as base } from "vitest";
import type { LocalDiscord, LocalDiscordOptions } from "./local-discord.ts";
import { startLocalDiscord } from "./start.ts";

/** What a test gets. */
export interface DiscordFixtures {
  /** Options of `discord`; default none. `test.override` changes them for a file or a `describe`. */
  discordOptions: LocalDiscordOptions;
  /**
   * A local Discord for this test alone, which is closed after the test. It fails the test if a bot has used what the local Discord
   * does not have.
   */
  discord: LocalDiscord;
}

/** Vitest's `test` with a local Discord for each test that asks for one. */
export const test = base.extend<DiscordFixtures>({
  discordOptions: {},
  discord: async ({ discordOptions }, use) => {
    const discord = await startLocalDiscord(discordOptions);
    try {
      await use(discord);
    } finally {
      await discord.close();
    }
    if (discord.notBuilt().length > 0) throw new Error(discord.notBuilt().join("\n"));
  },
});
