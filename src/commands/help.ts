import { ApplicationIntegrationType, PermissionFlagsBits } from "discord.js";
import { textsFor } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { commandMentions, EVERYWHERE, metadata } from "./metadata.ts";

/** Explains what this person can do here. The bot replies without a job: there is nothing to store. */
export const help = {
  data: { ...metadata((texts) => texts.help.command), ...EVERYWHERE },

  execute(interaction, { privacyUrl, commandIds }) {
    const t = textsFor(interaction.locale).help;
    const name = commandMentions(interaction.locale, commandIds);
    const { authorizingIntegrationOwners: owners, memberPermissions } = interaction;
    // Also true in direct messages with the bot, where the guild id is 0.
    const withTheBot = owners[ApplicationIntegrationType.GuildInstall] !== undefined;
    const permissions = interaction.inGuild() ? memberPermissions : null;
    const forModerators = [
      ...(permissions?.has(PermissionFlagsBits.ManageMessages) ? [t.remove] : []),
      ...(permissions?.has(PermissionFlagsBits.ManageGuild) ? [t.export(name("export"))] : []),
    ];
    const parts = withTheBot
      ? [
          t.stats(name("stats")),
          t.label(name("hotdog")),
          t.upload(name("upload")),
          t.progress(name("progress")),
          ...forModerators,
          t.yours(name("myData"), name("forgetMe")),
        ]
      : [t.stats(name("stats")), t.elsewhere(name("hotdog"), name("upload"))];
    const notes = [
      ...(withTheBot ? [t.kept] : []),
      ...(privacyUrl === undefined ? [] : [t.privacy(privacyUrl)]),
    ];
    const lastPart = notes.length === 0 ? [] : [notes.join("\n")];
    return { reply: `${t.title}\n${[...parts, ...lastPart].join("\n\n")}` };
  },
} satisfies SlashCommand;
