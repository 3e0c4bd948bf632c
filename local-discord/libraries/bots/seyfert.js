import { setTimeout as sleep } from "node:timers/promises";
import {
  ActionRow,
  ApiHandler,
  AttachmentBuilder,
  Button,
  Client,
  Command,
  ComponentCommand,
  Container,
  createEvent,
  Declare,
  Label,
  Modal,
  ModalCommand,
  TextDisplay,
  TextInput,
} from "seyfert";
import { ButtonStyle, MessageFlags, TextInputStyle } from "seyfert/lib/types/index.js";
import { COMMANDS, FILE, GUILD_MESSAGES, GUILDS, MESSAGE_CONTENT, THINKING_MS } from "./parts.js";

const { DISCORD_API: api, DISCORD_TOKEN: token } = process.env;
const bot = new Client({
  getRC: () => ({ token, intents: GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT, locations: { base: "." } }),
});
if (api) bot.setServices({ rest: new ApiHandler({ token, domain: new URL(api).origin }) });

const answers = {
  async slow(context) {
    await context.deferReply();
    await sleep(THINKING_MS);
    await context.editResponse({ content: "done" });
  },
  async menu(context) {
    const button = new Button().setCustomId("press").setLabel("Press me").setStyle(ButtonStyle.Primary);
    await context.write({ content: "Press", components: [new ActionRow().addComponents(button)] });
  },
  async form(context) {
    const input = new TextInput().setCustomId("text").setStyle(TextInputStyle.Short);
    const label = new Label().setLabel("Text").setComponent(input);
    await context.interaction.modal(new Modal().setCustomId("form").setTitle("Form").setComponents([label]));
  },
  async file(context) {
    const file = new AttachmentBuilder().setName(FILE.name).setFile("buffer", Buffer.from(FILE.text));
    await context.write({ files: [file] });
  },
  async card(context) {
    const card = new Container().addComponents(new TextDisplay().setContent("# Card"));
    await context.write({ flags: MessageFlags.IsComponentsV2, components: [card] });
  },
};

const commands = COMMANDS.map((command) => {
  class Answer extends Command {
    run(context) {
      return answers[command.name](context);
    }
  }
  return Declare(command)(Answer);
});

class Press extends ComponentCommand {
  componentType = "Button";
  customId = "press";
  run(context) {
    return context.update({ content: "Pressed", components: [] });
  }
}

class Form extends ModalCommand {
  customId = "form";
  run(context) {
    return context.write({ content: `You wrote: ${context.getInputValue("text", true)}` });
  }
}

bot.commands.set(commands);
bot.components.set([Press, Form]);
bot.events.set([
  createEvent({
    data: { name: "messageCreate" },
    async run({ author, content, channelId }) {
      if (!author.bot) await bot.messages.write(channelId, { content: `Heard: ${content}` });
    },
  }),
]);
await bot.start();
await bot.uploadCommands();
