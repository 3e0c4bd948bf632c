import { ApplicationCommandOptionType } from "discord.js";
import { IMAGE_ORDERS } from "../labeling/priority.ts";
import { en } from "../texts/en.ts";
import type { SlashCommand } from "./command.ts";
import { localizedChoices, metadata, WITH_THE_BOT } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

export const hotdog = {
  data: {
    ...metadata((texts) => texts.hotdog.command),
    ...WITH_THE_BOT,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...metadata((texts) => texts.hotdog.command.choose),
        choices: localizedChoices(
          IMAGE_ORDERS,
          (texts, choice) => texts.hotdog.command.choose.choices[choice],
        ),
      },
    ],
  },

  execute(interaction, settings) {
    const roundLocale = interaction.guildLocale ?? interaction.locale;
    const chosen = interaction.options.getString(en.hotdog.command.choose.name);
    const choose = IMAGE_ORDERS.find((choice) => choice === chosen);
    return {
      job: { kind: "hotdog", interaction: referenceTo(interaction, settings), roundLocale, ...(choose && { choose }) },
      visibility: "public",
    };
  },
} satisfies SlashCommand;
