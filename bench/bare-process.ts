/**
 * What the bot is compared with: the same client, told the same things by Discord, which acknowledges every interaction as the bot
 * would and does nothing else.
 */
import { Client, Events, GatewayIntentBits, MessageFlags, Partials } from "discord.js";
import { answerParent } from "./child.ts";
import { cpuTimeOf } from "./used.ts";

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel],
  rest: { api: process.env["DISCORD_API"] ?? "" },
});
client.on(Events.InteractionCreate, (interaction) => {
  if (!interaction.isRepliable()) return;
  // What rejects ends this process, and thereby the bench.
  void interaction.deferReply(interaction.isButton() ? { flags: MessageFlags.Ephemeral } : {});
});
answerParent(process, () => cpuTimeOf(process));
await client.login(process.env["DISCORD_TOKEN"]);
