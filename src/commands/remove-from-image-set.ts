import {
  ApplicationCommandType,
  MessageFlags,
  PermissionFlagsBits,
  type APIMessageComponent,
  type MessageContextMenuCommandInteraction,
} from "discord.js";
import { imagesIn } from "../jobs/custom-id.ts";
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
    // A server may give the command to others than those it is offered to.
    if (!(interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false))
      return { refusal: t.notAllowed };
    const { id, author, components, flags } = interaction.targetMessage;
    const own = author.id === interaction.client.user.id;
    const images = own
      ? imagesIn(components.map((component) => component.toJSON() as APIMessageComponent))
      : [];
    if (images.length === 0) return { refusal: t.noRound };
    const isRound = flags.has(MessageFlags.IsComponentsV2);
    return {
      job: {
        kind: "offer-removal",
        interaction: referenceTo(interaction),
        images: images.slice(0, MOST),
        ...(!isRound && { uploadAnswerId: id }),
      },
      visibility: "private",
    };
  },
} satisfies MessageCommand;
