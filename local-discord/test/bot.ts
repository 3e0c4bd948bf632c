import type { Interaction, RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { Client, Events, GatewayIntentBits } from "discord.js";
import { onTestFinished } from "vitest";
import type { LocalDiscord, LocalDiscordOptions } from "../src/start.ts";
import { startLocalDiscord } from "../src/start.ts";

/** A local Discord that ends with the test. */
export async function openLocalDiscord(options: Partial<LocalDiscordOptions> = {}): Promise<LocalDiscord> {
  const faults: string[] = [];
  const discord = await startLocalDiscord({ port: 0, log: (line) => void faults.push(line), ...options });
  onTestFinished(async () => {
    await discord.close();
    if (faults.length > 0) throw new Error(faults.join("\n"));
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

/** A bot of discord.js, logged in and with its commands registered; what `onInteraction` throws fails the test. */
export async function joinBot(
  discord: LocalDiscord,
  onInteraction: (interaction: Interaction) => Promise<unknown> = async () => {},
  commands: RESTPostAPIApplicationCommandsJSONBody[] = [ping],
  intents: GatewayIntentBits[] = plainIntents,
): Promise<Client<true>> {
  const client = new Client({ intents, rest: { api: discord.api } });
  const faults: unknown[] = [];
  client.on(
    Events.InteractionCreate,
    (interaction) => void onInteraction(interaction).catch((e) => faults.push(e)),
  );
  onTestFinished(async () => {
    await client.destroy();
    if (faults.length > 0) throw new AggregateError(faults, "The bot's handler threw.");
  });
  const ready = new Promise<Client<true>>((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(discord.botToken);
  const bot = await ready;
  await bot.application.commands.set(commands);
  return bot;
}
