import {
  ApplicationIntegrationType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
} from "discord.js";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, SlashCommand } from "./command.ts";
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

  read(interaction: ChatInputCommandInteraction, { privacyUrl }: CommandSettings) {
    const t = textsFor(interaction.locale).help;
    const { authorizingIntegrationOwners: owners, memberPermissions } = interaction;
    // In direct messages with the bot as well, whose "server" has the id 0.
    const withTheBot = owners[ApplicationIntegrationType.GuildInstall] !== undefined;
    const mayRemove = memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
    const mayExport = memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
    const forModerators = interaction.inGuild()
      ? [...(mayRemove ? [t.remove] : []), ...(mayExport ? [t.export] : [])]
      : [];
    const parts = withTheBot
      ? [t.stats, t.label, t.upload, t.progress, ...forModerators, t.yours, t.kept]
      : [t.stats, t.elsewhere];
    const privacy = privacyUrl === undefined ? [] : [t.privacy(privacyUrl)];
    return { reply: [t.title, ...parts, ...privacy].join("\n") };
  },
} satisfies SlashCommand;
