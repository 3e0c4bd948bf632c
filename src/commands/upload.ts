import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from "discord.js";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor } from "../texts/texts.ts";
import { attachedFiles } from "./attached-files.ts";
import type { Outcome, SlashCommand } from "./command.ts";
import { WITH_THE_BOT } from "./places.ts";
import { referenceTo } from "./reference.ts";

/** image, image2, … image10: as many as Discord lets one attach to a message. */
const OPTION_NAMES = Array.from({ length: 10 }, (_, index) => `image${index === 0 ? "" : index + 1}`);

export const upload = {
  data: {
    name: en.upload.command.name,
    name_localizations: { fr: fr.upload.command.name },
    description: en.upload.command.description,
    description_localizations: { fr: fr.upload.command.description },
    ...WITH_THE_BOT,
    options: OPTION_NAMES.map((name, index) => ({
      type: ApplicationCommandOptionType.Attachment,
      name,
      description: index === 0 ? en.upload.command.image.description : en.upload.command.more,
      description_localizations: {
        fr: index === 0 ? fr.upload.command.image.description : fr.upload.command.more,
      },
      required: index === 0,
    })),
  },

  read(interaction: ChatInputCommandInteraction): Outcome {
    const attachments = OPTION_NAMES.flatMap((name) => interaction.options.getAttachment(name) ?? []);
    const files = attachedFiles(attachments);
    if (files.length === 0) return { refusal: textsFor(interaction.locale).upload.nothing };
    return { job: { kind: "upload", interaction: referenceTo(interaction), files }, visibility: "public" };
  },
} satisfies SlashCommand;
