import { setTimeout as sleep } from "node:timers/promises";
import {
  Button,
  Client,
  Command,
  Container,
  Label,
  MessageCreateListener,
  Modal,
  Row,
  TextDisplay,
  TextInput,
} from "@buape/carbon";
import { GatewayPlugin } from "@buape/carbon/gateway";
import {
  COMMANDS,
  COMPONENTS_V2,
  FILE,
  GUILD_MESSAGES,
  GUILDS,
  MESSAGE_CONTENT,
  THINKING_MS,
} from "./parts.js";

const { CLIENT_ID: clientId, DISCORD_API: api, DISCORD_TOKEN: token } = process.env;

class Press extends Button {
  customId = "press";
  label = "Press me";
  run(interaction) {
    return interaction.update({ content: "Pressed", components: [] });
  }
}

class Text extends TextInput {
  customId = "text";
}

class TextLabel extends Label {
  label = "Text";
}

class Form extends Modal {
  title = "Form";
  customId = "form";
  components = [new TextLabel(new Text())];
  run(interaction) {
    return interaction.reply(`You wrote: ${interaction.fields.getText("text", true)}`);
  }
}

const answers = {
  async slow(interaction) {
    await interaction.defer();
    await sleep(THINKING_MS);
    await interaction.reply("done");
  },
  menu: (interaction) => interaction.reply({ content: "Press", components: [new Row([new Press()])] }),
  form: (interaction) => interaction.showModal(new Form()),
  file: (interaction) => interaction.reply({ files: [{ name: FILE.name, data: new Blob([FILE.text]) }] }),
  card: (interaction) =>
    interaction.reply({ flags: COMPONENTS_V2, components: [new Container([new TextDisplay("# Card")])] }),
};

const commands = COMMANDS.map(({ name, description }) => {
  class Answer extends Command {
    name = name;
    description = description;
    run(interaction) {
      return answers[name](interaction);
    }
  }
  return new Answer();
});

class Listener extends MessageCreateListener {
  async handle({ author, rawMessage: { channel_id, content } }, client) {
    if (author.bot) return;
    await client.rest.post(`/channels/${channel_id}/messages`, { body: { content: `Heard: ${content}` } });
  }
}

/** Carbon asks discord.com for the address of the gateway, whatever address its API has. */
async function gatewayInfo() {
  const response = await fetch(`${api}/v10/gateway/bot`, { headers: { authorization: `Bot ${token}` } });
  return response.json();
}

const gateway = new GatewayPlugin(
  { intents: GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT, autoInteractions: true },
  api ? await gatewayInfo() : undefined,
);
new Client(
  {
    baseUrl: "http://127.0.0.1",
    clientId,
    publicKey: "unused",
    token,
    autoDeploy: true,
    disableDeployRoute: true,
    ...(api ? { requestOptions: { baseUrl: api } } : {}),
  },
  { commands, listeners: [new Listener()], components: [new Press()], modals: [new Form()] },
  [gateway],
);
