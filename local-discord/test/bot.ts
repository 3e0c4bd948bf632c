import type {
  ChatInputCommandInteraction,
  Interaction,
  RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { Client, Events, GatewayIntentBits } from "discord.js";
import { onTestFinished } from "vitest";
import type { LocalDiscord, LocalDiscordOptions } from "../src/start.ts";
import { startLocalDiscord } from "../src/start.ts";

/** Starts a local Discord that is closed after the test. Its internal errors fail the test; uses of what is not built do not. */
export async function openLocalDiscord(options: Partial<LocalDiscordOptions> = {}): Promise<LocalDiscord> {
  const errors: string[] = [];
  const discord = await startLocalDiscord({ log: (line) => void errors.push(line), ...options });
  onTestFinished(async () => {
    await discord.close();
    const internal = errors.filter((line) => !discord.notBuilt().includes(line));
    if (internal.length > 0) throw new Error(internal.join("\n"));
  });
  return discord;
}

export const ping = {
  name: "ping",
  description: "Says pong",
} satisfies RESTPostAPIApplicationCommandsJSONBody;

const plainIntents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
];

/** Logs in a bot of discord.js and registers its commands. Errors of `onInteraction` fail the test. */
export async function joinBot(
  discord: LocalDiscord,
  onInteraction: (interaction: Interaction) => Promise<unknown> = async () => {},
  commands: RESTPostAPIApplicationCommandsJSONBody[] = [ping],
  intents: GatewayIntentBits[] = plainIntents,
): Promise<Client<true>> {
  const client = new Client({ intents, rest: { api: discord.api } });
  const errors: unknown[] = [];
  client.on(
    Events.InteractionCreate,
    (interaction) => void onInteraction(interaction).catch((error) => errors.push(error)),
  );
  onTestFinished(async () => {
    await client.destroy();
    if (errors.length > 0) throw new AggregateError(errors, "The bot's handler threw.");
  });
  const ready = new Promise<Client<true>>((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(discord.botToken);
  const bot = await ready;
  await bot.application.commands.set(commands);
  return bot;
}

/** Logs in a bot that replies to every slash command with this text. Returns its interactions, oldest first, which grow. */
export async function joinReplyingBot(
  discord: LocalDiscord,
  text: string,
  commands: RESTPostAPIApplicationCommandsJSONBody[],
): Promise<readonly ChatInputCommandInteraction[]> {
  const received: ChatInputCommandInteraction[] = [];
  await joinBot(
    discord,
    async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      received.push(interaction);
      await interaction.reply(text);
    },
    commands,
  );
  return received;
}
