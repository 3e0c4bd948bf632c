import { setTimeout as sleep } from "node:timers/promises";
import { ButtonStyles, Client, ComponentTypes, MessageFlags, TextInputStyles } from "oceanic.js";
import { COMMANDS, FILE, THINKING_MS } from "./parts.js";

const { DISCORD_API: api, DISCORD_TOKEN: token, COMPRESS: compress } = process.env;
const bot = new Client({
  auth: `Bot ${token}`,
  gateway: { intents: ["GUILDS", "GUILD_MESSAGES", "MESSAGE_CONTENT"], ...(compress ? { compress } : {}) },
  ...(api ? { rest: { baseURL: `${api}/v10` } } : {}),
});

const answers = {
  async slow(interaction) {
    await interaction.defer();
    await sleep(THINKING_MS);
    await interaction.editOriginal({ content: "done" });
  },
  menu: (interaction) =>
    interaction.createMessage({
      content: "Press",
      components: [
        {
          type: ComponentTypes.ACTION_ROW,
          components: [
            {
              type: ComponentTypes.BUTTON,
              style: ButtonStyles.PRIMARY,
              label: "Press me",
              customID: "press",
            },
          ],
        },
      ],
    }),
  form: (interaction) =>
    interaction.createModal({
      title: "Form",
      customID: "form",
      components: [
        {
          type: ComponentTypes.LABEL,
          label: "Text",
          component: { type: ComponentTypes.TEXT_INPUT, style: TextInputStyles.SHORT, customID: "text" },
        },
      ],
    }),
  file: (interaction) =>
    interaction.createMessage({ files: [{ name: FILE.name, contents: Buffer.from(FILE.text) }] }),
  card: (interaction) =>
    interaction.createMessage({
      flags: MessageFlags.IS_COMPONENTS_V2,
      components: [
        {
          type: ComponentTypes.CONTAINER,
          components: [{ type: ComponentTypes.TEXT_DISPLAY, content: "# Card" }],
        },
      ],
    }),
};

bot.on("interactionCreate", async (interaction) => {
  if (interaction.isCommandInteraction()) await answers[interaction.data.name](interaction);
  if (interaction.isComponentInteraction())
    await interaction.editParent({ content: "Pressed", components: [] });
  if (interaction.isModalSubmitInteraction())
    await interaction.createMessage({
      content: `You wrote: ${interaction.data.components.getTextInput("text", true)}`,
    });
});
bot.on("messageCreate", async ({ author, content, channelID }) => {
  if (!author.bot) await bot.rest.channels.createMessage(channelID, { content: `Heard: ${content}` });
});
bot.once("ready", () =>
  bot.application.bulkEditGlobalCommands(COMMANDS.map((command) => ({ type: 1, ...command }))),
);
bot.on("error", (error) => console.error(error));
await bot.connect();
