import { ApplicationIntegrationType, ComponentType } from "discord.js";
import { textsFor, type Texts } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import type { Rights } from "../jobs/place.ts";
import { rightsOf } from "./rights.ts";
import { commandMentions, EVERYWHERE, metadata, type MentionCommand } from "./metadata.ts";

/** Explains what this person can do here. The bot replies without a job: there is nothing to store. */
export const help = {
  data: { ...metadata((texts) => texts.help.command), ...EVERYWHERE },

  execute(interaction, { privacyUrl, commandIds, admins }) {
    const t = textsFor(interaction.locale).help;
    const name = commandMentions(interaction.locale, commandIds);
    const { authorizingIntegrationOwners: owners, guildId, memberPermissions: permissions } = interaction;
    // Also true in direct messages with the bot, where the guild id is 0.
    const withTheBot = owners[ApplicationIntegrationType.GuildInstall] !== undefined;
    const rights = rightsOf({ userId: interaction.user.id, guildId, permissions }, admins);
    const here = guildId === null ? inDirectMessage(name, t) : inGuild(name, t, rights);
    const mayExport = rights.manageHotdogs || rights.manage;
    const parts = withTheBot
      ? [
          t.stats(name("stats")),
          t.label(name("hotdog")),
          ...here.labeling,
          t.alone(name("label")),
          t.me(name("me")),
          t.upload(name("upload")),
          t.progress(name("progress")),
          ...here.moderation,
          ...(mayExport ? [t.export(name("export"))] : []),
          t.yours(name("myData"), name("forgetMe")),
        ]
      : [t.stats(name("stats")), t.elsewhere(name("hotdog"), name("upload"))];
    const notes = [
      ...(withTheBot ? [t.kept] : []),
      ...(privacyUrl === undefined ? [] : [t.privacy(privacyUrl)]),
    ];
    const lastPart = notes.length === 0 ? [] : [notes.join("\n")];
    const content = `${t.title}\n${[...parts, ...lastPart].join("\n\n")}`;
    // A text display, because it has room for twice as many characters as the content of a message.
    return { reply: [{ type: ComponentType.TextDisplay, content }] };
  },
} satisfies SlashCommand;

/** What differs between guilds and direct messages. */
interface PlaceHelp {
  labeling: string[];
  moderation: string[];
}

function inGuild(
  name: MentionCommand,
  t: Texts["help"],
  { moderate, moderateHotdogs, manage }: Rights,
): PlaceHelp {
  const info = name("project", ({ project }) => project.command.info);
  const create = name("project", ({ project }) => project.command.create);
  return {
    labeling: [t.project(info, name("round"))],
    moderation: [
      ...(moderate || moderateHotdogs ? [t.remove, t.labelers(name("labelers"))] : []),
      ...(manage ? [t.createProject(create)] : []),
    ],
  };
}

function inDirectMessage(name: MentionCommand, t: Texts["help"]): PlaceHelp {
  return { labeling: [t.round(name("round"))], moderation: [] };
}
