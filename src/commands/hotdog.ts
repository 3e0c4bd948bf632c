import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from "discord.js";
import { CHOICES } from "../labeling/choice.ts";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import type { SlashCommand } from "./command.ts";
import { WITH_THE_BOT } from "./places.ts";
import { referenceTo } from "./reference.ts";

export const hotdog = {
  data: {
    name: en.hotdog.command.name,
    name_localizations: { fr: fr.hotdog.command.name },
    description: en.hotdog.command.description,
    description_localizations: { fr: fr.hotdog.command.description },
    ...WITH_THE_BOT,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: en.hotdog.command.choose.name,
        name_localizations: { fr: fr.hotdog.command.choose.name },
        description: en.hotdog.command.choose.description,
        description_localizations: { fr: fr.hotdog.command.choose.description },
        choices: CHOICES.map((value) => ({
          name: en.hotdog.command.choose.choices[value],
          name_localizations: { fr: fr.hotdog.command.choose.choices[value] },
          value,
        })),
      },
    ],
  },

  read(interaction: ChatInputCommandInteraction) {
    const roundLocale = interaction.guildLocale ?? interaction.locale;
    const said = interaction.options.getString(en.hotdog.command.choose.name);
    const choose = CHOICES.find((choice) => choice === said);
    return {
      job: { kind: "hotdog", interaction: referenceTo(interaction), roundLocale, ...(choose && { choose }) },
      visibility: "public",
    };
  },
} satisfies SlashCommand;
