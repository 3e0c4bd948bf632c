import {
  ApplicationCommandType,
  MessageFlags,
  type APIMessageComponent,
} from "discord.js";
import { imagesOnButtons } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { MessageCommand } from "./command.ts";
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
    const t = textsFor(interaction.locale).remove;
    const { id, author, components, flags } = interaction.targetMessage;
    const images = imagesOnButtons(components.map((component) => component.toJSON() as APIMessageComponent));
    if (author.id !== interaction.client.user.id || images.length === 0) return { refusal: t.noRound };
    const isRound = flags.has(MessageFlags.IsComponentsV2);
    return {
      job: {
        kind: "offer-removal",
        interaction: referenceTo(interaction, settings),
        images: images.slice(0, MAX_IMAGES),
        ...(!isRound && { uploadAnswerId: id }),
      },
      visibility: "private",
    };
  },
} satisfies MessageCommand;
