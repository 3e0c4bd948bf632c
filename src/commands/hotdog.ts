import type { ChatInputCommandInteraction } from "discord.js";
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
  },

  read(interaction: ChatInputCommandInteraction) {
    const roundLocale = interaction.guildLocale ?? interaction.locale;
    return {
      job: { kind: "hotdog", interaction: referenceTo(interaction), roundLocale },
      visibility: "public",
    };
  },
} satisfies SlashCommand;
