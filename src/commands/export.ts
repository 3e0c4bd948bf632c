import { ApplicationCommandOptionType } from "discord.js";
import { EXPORT_FORMATS } from "../labeling/export-formats.ts";
import { en } from "../texts/en.ts";
import { textsFor } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { localizedChoices, metadata, WITH_THE_BOT } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

export const exportLabels = {
  data: {
    ...metadata((texts) => texts.export.command),
    ...WITH_THE_BOT,
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

  execute(interaction, settings) {
    const chosen = interaction.options.getString(en.export.command.format.name, true);
    const format = EXPORT_FORMATS.find((known) => known === chosen);
    if (format === undefined) return { refusal: textsFor(interaction.locale).unknown };
    const { attachmentSizeLimit } = interaction;
    return {
      job: { kind: "export", interaction: referenceTo(interaction, settings), format, attachmentSizeLimit },
    };
  },
} satisfies SlashCommand;
