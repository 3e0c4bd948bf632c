import type { Interaction } from "discord.js";
import { Client, Events, GatewayIntentBits } from "discord.js";
import { afterEach, beforeAll, expect } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/start.ts";

interface ModalBot {
  discord: LocalDiscord;
  /** Sets what the bot does with the interactions of a test. */
  onInteraction(act: (interaction: Interaction) => Promise<unknown>): void;
}

/** Starts a local Discord with a bot for all tests of a file. Errors of its handler fail the test. */
export function modalBot(): ModalBot {
  let discord: LocalDiscord;
  let act: (interaction: Interaction) => Promise<unknown>;
  const errors: unknown[] = [];
  beforeAll(async () => {
    discord = await startLocalDiscord({ port: 0 });
    const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
    const client = new Client({
      intents: [Guilds, GuildMessages, DirectMessages],
      rest: { api: discord.api },
    });
    client.on(
      Events.InteractionCreate,
      (interaction) => void act(interaction).catch((error) => errors.push(error)),
    );
    await client.login(discord.botToken);
    await client.application?.commands.set([
      { name: "open", description: "Opens a modal" },
      { name: "Report", type: 3 },
    ]);
    return async () => {
      await client.destroy();
      await discord.close();
    };
  });
  afterEach(() => {
    expect(errors.splice(0)).toEqual([]);
  });
  return {
    get discord() {
      return discord;
    },
    onInteraction: (next) => void (act = next),
  };
}
