import { ApplicationCommandType, MessageFlags } from "discord.js";
import { textsFor } from "../texts/texts.ts";
import type { MessageCommand } from "./command.ts";
import { imagesInMessage } from "./images-in-message.ts";
import { IN_SERVERS, localizedName } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

/** A round has 4 images, an answer to an upload up to 10. */
const MAX_IMAGES = 10;

export const removeFromImageSet = {
  data: {
    type: ApplicationCommandType.Message,
    ...localizedName((texts) => texts.remove.messageCommand),
    ...IN_SERVERS,
  },

  execute(interaction, settings) {
    const { id, flags } = interaction.targetMessage;
    const found = imagesInMessage(interaction);
    if (found === undefined) return { refusal: textsFor(interaction.locale).remove.noRound };
    const isRound = flags.has(MessageFlags.IsComponentsV2);
    return {
      job: {
        kind: "offer-removal",
        interaction: referenceTo(interaction, settings),
        images: found.images.slice(0, MAX_IMAGES),
        project: found.project,
        ...(!isRound && { uploadAnswerId: id }),
      },
    };
  },
} satisfies MessageCommand;
