import {
  ApplicationIntegrationType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
} from "discord.js";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, SlashCommand } from "./command.ts";
import { mentions } from "./mention.ts";
import { EVERYWHERE } from "./places.ts";

/** What this person can do here. The bot answers by itself: there is nothing to be done, and nothing to be kept. */
export const help = {
  data: {
    name: en.help.command.name,
    name_localizations: { fr: fr.help.command.name },
    description: en.help.command.description,
    description_localizations: { fr: fr.help.command.description },
    ...EVERYWHERE,
  },

  read(interaction: ChatInputCommandInteraction, { privacyUrl, commandIds }: CommandSettings) {
    const t = textsFor(interaction.locale).help;
    const name = mentions(interaction.locale, commandIds);
    const { authorizingIntegrationOwners: owners, memberPermissions } = interaction;
    // In direct messages with the bot as well, whose "server" has the id 0.
    const withTheBot = owners[ApplicationIntegrationType.GuildInstall] !== undefined;
    const mayRemove = memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
    const mayExport = memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
    const forModerators = interaction.inGuild()
      ? [...(mayRemove ? [t.remove] : []), ...(mayExport ? [t.export(name("export"))] : [])]
      : [];
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
    ].join("\n");
    return { reply: [`${t.title}\n${parts.join("\n\n")}`, ...(notes === "" ? [] : [notes])].join("\n\n") };
  },
} satisfies SlashCommand;
