import type { ChatInputCommandInteraction } from "discord.js";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import type { SlashCommand } from "./command.ts";
import { WITH_THE_BOT } from "./places.ts";
import { referenceTo } from "./reference.ts";

export const progress = {
  data: {
    name: en.progress.command.name,
    name_localizations: { fr: fr.progress.command.name },
    description: en.progress.command.description,
    description_localizations: { fr: fr.progress.command.description },
    ...WITH_THE_BOT,
  },

  read(interaction: ChatInputCommandInteraction) {
    return { job: { kind: "progress", interaction: referenceTo(interaction) }, visibility: "public" };
  },
} satisfies SlashCommand;
