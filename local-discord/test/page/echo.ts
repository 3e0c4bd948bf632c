import type { Interaction } from "discord.js";
import { ApplicationCommandOptionType } from "discord.js";
import type { LocalDiscord } from "../../src/start.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";

const { String: text, Attachment } = ApplicationCommandOptionType;
const commands = [
  {
    name: "echo",
    description: "Says it again",
    options: [
      { type: text, name: "what", description: "Any text", required: true },
      { type: Attachment, name: "file", description: "Any file" },
    ],
  },
  { type: 3, name: "Quote" },
] as const;

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isButton())
    return interaction.reply({ content: `pressed in ${interaction.locale}`, flags: 64 });
  if (interaction.isMessageContextMenuCommand())
    return interaction.reply(`> ${interaction.targetMessage.content}`);
  if (!interaction.isChatInputCommand()) return null;
  const [content, file] = [interaction.options.getString("what"), interaction.options.getAttachment("file")];
  const button = { type: 2, style: 1, label: "Press", custom_id: `press:${interaction.id}` } as const;
  return interaction.reply({
    content: `${content} ${file?.name}`,
    components: [{ type: 1, components: [button] }],
  });
}

/** Starts a local Discord with a bot that repeats what it gets, and shows a button. */
export async function openEcho(): Promise<LocalDiscord> {
  const discord = await openLocalDiscord();
  await joinBot(
    discord,
    answer,
    [...commands].map((command) => structuredClone(command) as never),
  );
  return discord;
}
