import { setTimeout as sleep } from "node:timers/promises";
import { createBot, createDesiredPropertiesObject, MessageComponentTypes } from "discordeno";
import {
  COMMANDS,
  COMPONENTS_V2,
  FILE,
  GUILD_MESSAGES,
  GUILDS,
  MESSAGE_CONTENT,
  THINKING_MS,
} from "./parts.js";

const { DISCORD_API: api, DISCORD_TOKEN: token, COMPRESS: compress } = process.env;
const bot = createBot({
  token,
  intents: GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT,
  desiredProperties: createDesiredPropertiesObject({}, true),
  ...(compress ? { gateway: { token, transportCompression: compress } } : {}),
  ...(api ? { rest: { token, proxy: { baseUrl: api, authorization: `Bot ${token}` } } } : {}),
});

const { ActionRow, Button, InputText } = MessageComponentTypes;
/** Types that Discordeno has no names for. */
const [TextDisplay, Container] = [10, 17];
const answers = {
  async slow(interaction) {
    await interaction.defer();
    await sleep(THINKING_MS);
    await interaction.edit({ content: "done" });
  },
  async menu(interaction) {
    const button = { type: Button, style: 1, label: "Press me", customId: "press" };
    await interaction.respond({ content: "Press", components: [{ type: ActionRow, components: [button] }] });
  },
  async form(interaction) {
    const input = { type: InputText, style: 1, label: "Text", customId: "text" };
    const row = { type: ActionRow, components: [input] };
    await interaction.respond({ title: "Form", customId: "form", components: [row] });
  },
  async file(interaction) {
    await interaction.respond({ files: [{ name: FILE.name, blob: new Blob([FILE.text]) }] });
  },
  async card(interaction) {
    const card = { type: Container, components: [{ type: TextDisplay, content: "# Card" }] };
    await interaction.respond({ flags: COMPONENTS_V2, components: [card] });
  },
  async press(interaction) {
    await interaction.edit({ content: "Pressed", components: [] });
  },
  async "submit form"(interaction) {
    await interaction.respond({
      content: `You wrote: ${interaction.data.components[0].components[0].value}`,
    });
  },
};

bot.events.interactionCreate = async (interaction) => {
  const { name, customId } = interaction.data;
  await answers[name ?? (interaction.type === 5 ? `submit ${customId}` : customId)](interaction);
};
bot.events.messageCreate = async ({ author, content, channelId }) => {
  if (!author.toggles.bot) await bot.helpers.sendMessage(channelId, { content: `Heard: ${content}` });
};
await bot.start();
await bot.helpers.upsertGlobalApplicationCommands(COMMANDS);
