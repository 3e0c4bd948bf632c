import {
  ApplicationCommandOptionType,
  PermissionFlagsBits,
  type ChatInputCommandInteraction,
} from "discord.js";
import { EXPORT_FORMATS } from "../labeling/export-format.ts";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor } from "../texts/texts.ts";
import type { Outcome, SlashCommand } from "./command.ts";
import { IN_SERVERS } from "./places.ts";
import { referenceTo } from "./reference.ts";

export const exportLabels = {
  data: {
    name: en.export.command.name,
    name_localizations: { fr: fr.export.command.name },
    description: en.export.command.description,
    description_localizations: { fr: fr.export.command.description },
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: en.export.command.format.name,
        name_localizations: { fr: fr.export.command.format.name },
        description: en.export.command.format.description,
        description_localizations: { fr: fr.export.command.format.description },
        required: true,
        choices: EXPORT_FORMATS.map((format) => ({
          name: `${format} – ${en.export.formats[format]}`,
          name_localizations: { fr: `${format} – ${fr.export.formats[format]}` },
          value: format,
        })),
      },
    ],
  },

  read(interaction: ChatInputCommandInteraction): Outcome {
    // A server may give the command to others than those it is offered to.
    if (!(interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false))
      return { refusal: textsFor(interaction.locale).export.notAllowed };
    const chosen = interaction.options.getString(en.export.command.format.name, true);
    const format = EXPORT_FORMATS.find((known) => known === chosen);
    if (format === undefined) return { refusal: textsFor(interaction.locale).unknown };
    const { attachmentSizeLimit } = interaction;
    return {
      job: { kind: "export", interaction: referenceTo(interaction), format, attachmentSizeLimit },
      visibility: "private",
    };
  },
} satisfies SlashCommand;
