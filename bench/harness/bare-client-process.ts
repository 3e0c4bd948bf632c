/** The client that the bot is compared with: it has the same intents, acknowledges every interaction as the bot does, and does nothing else. */
import { Client, Events, GatewayIntentBits, MessageFlags, Partials } from "discord.js";

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel],
  rest: { api: process.env["DISCORD_API"] ?? "" },
});
client.on(Events.InteractionCreate, (interaction) => {
  if (!interaction.isRepliable()) return;
  // A rejection ends this process, and with it the benchmark.
  void interaction.deferReply(interaction.isButton() ? { flags: MessageFlags.Ephemeral } : {});
});
await client.login(process.env["DISCORD_TOKEN"]);
