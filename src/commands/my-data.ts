import type { ChatInputCommandInteraction } from "discord.js";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import type { SlashCommand } from "./command.ts";
import { WITH_THE_BOT } from "./places.ts";
import { referenceTo } from "./reference.ts";

export const myData = {
  data: {
    name: en.myData.command.name,
    name_localizations: { fr: fr.myData.command.name },
    description: en.myData.command.description,
    description_localizations: { fr: fr.myData.command.description },
    ...WITH_THE_BOT,
  },

  read(interaction: ChatInputCommandInteraction) {
    return { job: { kind: "my-data", interaction: referenceTo(interaction) }, visibility: "private" };
  },
} satisfies SlashCommand;
