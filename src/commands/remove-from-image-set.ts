import {
  ApplicationCommandType,
  MessageFlags,
  PermissionFlagsBits,
  type APIMessageComponent,
  type MessageContextMenuCommandInteraction,
} from "discord.js";
import { imagesOnButtons } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { MessageCommand, Outcome } from "./command.ts";
import { IN_SERVERS, localizedName } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

/** A round has 4 images, an answer to an upload up to 10. */
const MAX_IMAGES = 10;

export const removeFromImageSet = {
  data: {
    type: ApplicationCommandType.Message,
    ...localizedName((texts) => texts.remove.messageCommand),
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
  },

  execute(interaction: MessageContextMenuCommandInteraction): Outcome {
    const t = textsFor(interaction.locale).remove;
    // A server can allow the command to members without this permission.
    if (!(interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false))
      return { refusal: t.notAllowed };
    const { id, author, components, flags } = interaction.targetMessage;
    const own = author.id === interaction.client.user.id;
    const images = own
      ? imagesOnButtons(components.map((component) => component.toJSON() as APIMessageComponent))
      : [];
    if (images.length === 0) return { refusal: t.noRound };
    const isRound = flags.has(MessageFlags.IsComponentsV2);
    return {
      job: {
        kind: "offer-removal",
        interaction: referenceTo(interaction),
        images: images.slice(0, MAX_IMAGES),
        ...(!isRound && { uploadAnswerId: id }),
      },
      visibility: "private",
    };
  },
} satisfies MessageCommand;
