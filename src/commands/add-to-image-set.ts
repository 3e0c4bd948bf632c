import { ApplicationCommandType, type MessageContextMenuCommandInteraction } from "discord.js";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor } from "../texts/texts.ts";
import { attachedFiles } from "./attached-files.ts";
import type { MessageCommand, Outcome } from "./command.ts";
import { WITH_THE_BOT } from "./places.ts";
import { referenceTo } from "./reference.ts";

export const addToImageSet = {
  data: {
    type: ApplicationCommandType.Message,
    name: en.upload.messageCommand,
    name_localizations: { fr: fr.upload.messageCommand },
    ...WITH_THE_BOT,
  },

  read(interaction: MessageContextMenuCommandInteraction): Outcome {
    const files = attachedFiles(interaction.targetMessage.attachments.values());
    if (files.length === 0) return { refusal: textsFor(interaction.locale).upload.nothing };
    return { job: { kind: "upload", interaction: referenceTo(interaction), files }, visibility: "public" };
  },
} satisfies MessageCommand;
