import { ApplicationCommandOptionType, PermissionFlagsBits } from "discord.js";
import { EXPORT_FORMATS } from "../labeling/export-formats.ts";
import { en } from "../texts/en.ts";
import { textsFor } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { IN_SERVERS, localizedChoices, metadata } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

export const exportLabels = {
  data: {
    ...metadata((texts) => texts.export.command),
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...metadata((texts) => texts.export.command.format),
        required: true,
        choices: localizedChoices(
          EXPORT_FORMATS,
          (texts, format) => `${format} – ${texts.export.formats[format]}`,
        ),
      },
    ],
  },

  execute(interaction) {
    // A server can allow the command to members without this permission.
    if (!interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild))
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
