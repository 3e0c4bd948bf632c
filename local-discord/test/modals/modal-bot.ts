import type {
  APIModalInteractionResponseCallbackData,
  Interaction,
  ModalSubmitInteraction,
} from "discord.js";
import { Client, Events, GatewayIntentBits } from "discord.js";
import { afterEach, beforeAll, expect } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../../src/start.ts";

interface ModalBot {
  discord: LocalDiscord;
  /** Sets what the bot does with the interactions of a test. */
  onInteraction: (act: (interaction: Interaction) => Promise<unknown>) => void;
  /** Makes the bot open this modal, and answer its submit with "done" by default. */
  opens: (
    modal: APIModalInteractionResponseCallbackData,
    onSubmit?: (submit: ModalSubmitInteraction) => Promise<unknown>,
  ) => void;
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
  const onInteraction: ModalBot["onInteraction"] = (next) => void (act = next);
  return {
    get discord() {
      return discord;
    },
    onInteraction,
    opens: (modal, onSubmit = (submit) => submit.reply("done")) =>
      onInteraction(async (interaction) => {
        if (interaction.isModalSubmit()) await onSubmit(interaction);
        else if (interaction.isCommand()) await interaction.showModal(modal);
      }),
  };
}
