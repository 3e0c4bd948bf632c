import {
  ApplicationCommandType,
  ComponentType,
  PermissionFlagsBits,
  type APIMessageComponent,
  type MessageContextMenuCommandInteraction,
} from "discord.js";
import { decodeCustomId } from "../domain/custom-id.ts";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor } from "../texts/texts.ts";
import type { MessageCommand, Outcome } from "./command.ts";
import { IN_SERVERS } from "./places.ts";
import { referenceTo } from "./reference.ts";

/** A round has 4 images, an answer to an upload up to 10. */
const MOST = 10;

export const removeFromImageSet = {
  data: {
    type: ApplicationCommandType.Message,
    name: en.remove.messageCommand,
    name_localizations: { fr: fr.remove.messageCommand },
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
  },

  read(interaction: MessageContextMenuCommandInteraction): Outcome {
    const t = textsFor(interaction.locale).remove;
    const { author, components } = interaction.targetMessage;
    const own = author.id === interaction.client.user.id;
    const images = own
      ? imagesIn(components.map((component) => component.toJSON() as APIMessageComponent))
      : [];
    if (images.length === 0) return { refusal: t.noRound };
    return {
      job: { kind: "offer-removal", interaction: referenceTo(interaction), images },
      visibility: "private",
    };
  },
} satisfies MessageCommand;

/** The images that the buttons of a message speak of, in their order. */
function imagesIn(components: readonly APIMessageComponent[]): string[] {
  const images = components.flatMap((component) => {
    if (component.type === ComponentType.Button) {
      const customId = "custom_id" in component ? decodeCustomId(component.custom_id) : undefined;
      return customId === undefined || !("image" in customId) ? [] : [customId.image];
    }
    return "components" in component ? imagesIn(component.components) : [];
  });
  return [...new Set(images)].slice(0, MOST);
}
