import { setTimeout as sleep } from "node:timers/promises";
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  ContainerBuilder,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import { COMMANDS, FILE, THINKING_MS } from "./parts.js";

const { DISCORD_API: api } = process.env;
const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
const bot = new Client({
  intents: [Guilds, GuildMessages, MessageContent],
  ...(api ? { rest: { api } } : {}),
});

const answers = {
  async slow(interaction) {
    await interaction.deferReply();
    await sleep(THINKING_MS);
    await interaction.editReply("done");
  },
  async menu(interaction) {
    const button = new ButtonBuilder()
      .setCustomId("press")
      .setLabel("Press me")
      .setStyle(ButtonStyle.Primary);
    await interaction.reply({ content: "Press", components: [new ActionRowBuilder().addComponents(button)] });
  },
  async form(interaction) {
    const input = new TextInputBuilder().setCustomId("text").setStyle(TextInputStyle.Short);
    const label = new LabelBuilder().setLabel("Text").setTextInputComponent(input);
    const modal = new ModalBuilder().setCustomId("form").setTitle("Form").addLabelComponents(label);
    await interaction.showModal(modal);
  },
  async file(interaction) {
    await interaction.reply({ files: [new AttachmentBuilder(Buffer.from(FILE.text), { name: FILE.name })] });
  },
  async card(interaction) {
    const card = new ContainerBuilder().addTextDisplayComponents((text) => text.setContent("# Card"));
    await interaction.reply({ flags: MessageFlags.IsComponentsV2, components: [card] });
  },
};

bot.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await answers[interaction.commandName](interaction);
  if (interaction.isButton()) await interaction.update({ content: "Pressed", components: [] });
  if (interaction.isModalSubmit())
    await interaction.reply(`You wrote: ${interaction.fields.getTextInputValue("text")}`);
});
bot.on(Events.MessageCreate, async ({ author, content, channel }) => {
  if (!author.bot) await channel.send(`Heard: ${content}`);
});
bot.once(Events.ClientReady, () => bot.application.commands.set(COMMANDS));
await bot.login(process.env.DISCORD_TOKEN);
