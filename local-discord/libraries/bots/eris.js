import { Agent } from "node:http";
import { registerHooks } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { BUTTON_ROW, CARD, COMMANDS, COMPONENTS_V2, FILE, THINKING_MS } from "./parts.js";

// With pako 2, which oceanic.js needs, Eris gets nothing.
registerHooks({ resolve: (name, context, next) => next(name === "pako" ? "pako-1" : name, context) });
const { Client, CommandInteraction, ComponentInteraction, ModalSubmitInteraction } = await import("eris");

const { DISCORD_API: api, DISCORD_TOKEN: token, COMPRESS: compress } = process.env;
/** Eris knows no API without TLS: this agent speaks plain HTTP to the port. */
function localRest({ hostname, port }) {
  return { domain: hostname, agent: Object.assign(new Agent(), { protocol: "https:", defaultPort: port }) };
}
const bot = new Client(`Bot ${token}`, {
  intents: ["guilds", "guildMessages", "messageContent"],
  // Only zlib-stream.
  compress: compress !== undefined,
  ...(api ? { rest: localRest(new URL(api)) } : {}),
});

/** The older form of a modal: Eris does not have labels. */
const FORM = {
  title: "Form",
  custom_id: "form",
  components: [{ type: 1, components: [{ type: 4, style: 1, label: "Text", custom_id: "text" }] }],
};

const answers = {
  async slow(interaction) {
    await interaction.defer();
    await sleep(THINKING_MS);
    await interaction.editOriginalMessage("done");
  },
  menu: (interaction) => interaction.createMessage({ content: "Press", components: [BUTTON_ROW] }),
  form: (interaction) => interaction.createModal(FORM),
  file: (interaction) => interaction.createMessage({}, { name: FILE.name, file: Buffer.from(FILE.text) }),
  // Eris does not have Components V2: a raw request.
  card: ({ id, token }) =>
    bot.requestHandler.request("POST", `/interactions/${id}/${token}/callback`, false, {
      type: 4,
      data: { flags: COMPONENTS_V2, components: [CARD] },
    }),
};

bot.on("interactionCreate", async (interaction) => {
  if (interaction instanceof CommandInteraction) await answers[interaction.data.name](interaction);
  if (interaction instanceof ComponentInteraction)
    await interaction.editParent({ content: "Pressed", components: [] });
  if (interaction instanceof ModalSubmitInteraction)
    await interaction.createMessage(`You wrote: ${interaction.data.components[0].components[0].value}`);
});
bot.on("messageCreate", async ({ author, content, channel }) => {
  if (!author.bot) await bot.createMessage(channel.id, `Heard: ${content}`);
});
bot.once("ready", () => bot.bulkEditCommands(COMMANDS.map((command) => ({ type: 1, ...command }))));
bot.on("error", (error) => console.error(error));
await bot.connect();
