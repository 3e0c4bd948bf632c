import { setTimeout as sleep } from "node:timers/promises";
import { Client, GatewayDispatchEvents } from "@discordjs/core";
import { REST } from "@discordjs/rest";
import { CompressionMethod, WebSocketManager } from "@discordjs/ws";
import {
  BUTTON_ROW,
  CARD,
  COMMANDS,
  COMPONENTS_V2,
  FILE,
  GUILD_MESSAGES,
  GUILDS,
  MESSAGE_CONTENT,
  MODAL,
  THINKING_MS,
} from "./parts.js";

const { DISCORD_API: api, DISCORD_TOKEN: token, COMPRESS: compress } = process.env;
const methods = { "zlib-stream": CompressionMethod.ZlibNative };
const rest = new REST(api ? { api } : {}).setToken(token);
const gateway = new WebSocketManager({
  token,
  intents: GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT,
  rest,
  compression: methods[compress] ?? null,
});
const client = new Client({ rest, gateway });
const { interactions } = client.api;

const answers = {
  async slow({ id, token, application_id }) {
    await interactions.defer(id, token);
    await sleep(THINKING_MS);
    await interactions.editReply(application_id, token, { content: "done" });
  },
  menu: ({ id, token }) => interactions.reply(id, token, { content: "Press", components: [BUTTON_ROW] }),
  form: ({ id, token }) => interactions.createModal(id, token, MODAL),
  file: ({ id, token }) =>
    interactions.reply(id, token, { files: [{ name: FILE.name, data: Buffer.from(FILE.text) }] }),
  card: ({ id, token }) => interactions.reply(id, token, { flags: COMPONENTS_V2, components: [CARD] }),
  press: ({ id, token }) => interactions.updateMessage(id, token, { content: "Pressed", components: [] }),
  async "submit form"({ id, token, data }) {
    await interactions.reply(id, token, { content: `You wrote: ${data.components[0].component.value}` });
  },
};

client.on(GatewayDispatchEvents.InteractionCreate, async ({ data: interaction }) => {
  const { name, custom_id } = interaction.data;
  await answers[name ?? (interaction.type === 5 ? `submit ${custom_id}` : custom_id)](interaction);
});
client.on(GatewayDispatchEvents.MessageCreate, async ({ data: { author, content, channel_id } }) => {
  if (!author.bot) await client.api.channels.createMessage(channel_id, { content: `Heard: ${content}` });
});
client.once(GatewayDispatchEvents.Ready, ({ data }) =>
  client.api.applicationCommands.bulkOverwriteGlobalCommands(data.application.id, COMMANDS),
);
await gateway.connect();
