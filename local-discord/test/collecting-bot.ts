import type { ChatInputCommandInteraction } from "discord.js";
import { ButtonStyle, Client, ComponentType, Events, GatewayIntentBits } from "discord.js";

const { GuildMessages, Guilds } = GatewayIntentBits;

const row = {
  type: ComponentType.ActionRow,
  components: [
    { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Press", custom_id: "press" },
  ],
} as const;

/**
 * Logs in a bot that starts to collect when its response has come: first a press, whose answer is "collected", then a message,
 * which it follows up with "heard". It says "missed" to what comes earlier.
 */
export async function collectingBot(api: string, token: string): Promise<Client> {
  const client = new Client({ intents: [Guilds, GuildMessages], rest: { api } });
  /** Ids of messages whose presses, and of channels whose messages, are collected now. */
  const collecting = new Set<string>();

  async function collect(interaction: ChatInputCommandInteraction): Promise<void> {
    const { resource } = await interaction.reply({ components: [row], withResponse: true });
    const message = resource?.message;
    if (!message) throw new Error("The response has no message.");
    collecting.add(message.id);
    const press = await message.awaitMessageComponent({ componentType: ComponentType.Button });
    await press.reply("collected");
    collecting.add(message.channelId);
    if (!message.channel?.isSendable()) throw new Error("The channel takes no messages.");
    await message.channel.awaitMessages({ max: 1, filter: ({ author }) => !author.bot });
    collecting.delete(message.channelId);
    await press.followUp("heard");
  }
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void collect(interaction);
    if (interaction.isButton() && !collecting.has(interaction.message.id)) void interaction.reply("missed");
  });
  client.on(Events.MessageCreate, (message) => {
    if (!message.author.bot && !collecting.has(message.channelId)) void message.reply("missed");
  });
  const ready = new Promise<Client<true>>((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(token);
  await (await ready).application.commands.set([{ name: "ping", description: "Asks for a press" }]);
  return client;
}
