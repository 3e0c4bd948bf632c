import type { Interaction } from "discord.js";
import { ApplicationCommandOptionType } from "discord.js";
import type { LocalDiscord } from "../../src/start.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { checkbox, files, modalOf, users } from "../modals/components.ts";

const { String: text, Attachment, Role, Subcommand } = ApplicationCommandOptionType;
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
  { name: "form", description: "Opens a modal" },
  { type: 2, name: "Greet" },
  {
    name: "project",
    description: "Projects",
    options: [
      {
        type: Subcommand,
        name: "open",
        description: "Opens one",
        options: [{ type: Role, name: "role", description: "Any role" }],
      },
    ],
  },
] as const;

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isButton())
    return interaction.reply({ content: `pressed in ${interaction.locale}`, flags: 64 });
  if (interaction.isAnySelectMenu())
    return interaction.reply({ content: `${interaction.values.length} selected`, flags: 64 });
  if (interaction.isMessageContextMenuCommand())
    return interaction.reply(`> ${interaction.targetMessage.content}`);
  if (interaction.isModalSubmit()) return interaction.reply(`form in ${interaction.locale}`);
  if (interaction.isUserContextMenuCommand()) return interaction.reply("greeted");
  if (!interaction.isChatInputCommand()) return null;
  if (interaction.commandName === "form")
    return interaction.showModal(modalOf(users("who"), files("file"), checkbox("sure")));
  if (interaction.commandName === "project")
    return interaction.reply(`opened for ${interaction.options.getRole("role")?.name}`);
  const [content, file] = [interaction.options.getString("what"), interaction.options.getAttachment("file")];
  const button = { type: 2, style: 1, label: "Press", custom_id: `press:${interaction.id}` } as const;
  const letters = [{ label: "Letter A", value: interaction.id }];
  const components = [
    button,
    { type: 3, custom_id: `letter:${interaction.id}`, placeholder: "Letter", options: letters } as const,
    { type: 7, custom_id: "mentionable", max_values: 2 } as const,
  ];
  return interaction.reply({
    content: `${content} ${file?.name}`,
    components: components.map((component) => ({ type: 1, components: [component] })),
  });
}

/** Starts a local Discord with a bot that repeats what it gets, and shows a button and select menus. */
export async function openEcho(): Promise<LocalDiscord> {
  const discord = await openLocalDiscord();
  await joinBot(
    discord,
    answer,
    [...commands].map((command) => structuredClone(command) as never),
  );
  return discord;
}
