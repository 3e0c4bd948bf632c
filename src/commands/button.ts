import { MessageFlags, PermissionFlagsBits, type ButtonInteraction } from "discord.js";
import { decodeCustomId } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { Outcome } from "./command.ts";
import { referenceTo } from "./reference.ts";

/** Handles the press of a button. Everything needed is in its custom id. */
export function pressButton(interaction: ButtonInteraction): Outcome {
  const texts = textsFor(interaction.locale);
  const customId = decodeCustomId(interaction.customId);
  switch (customId?.kind) {
    case "press": {
      const { kind: _, ...press } = customId;
      return { job: { kind: "press", interaction: referenceTo(interaction), press }, visibility: "private" };
    }
    case "remove": {
      if (!interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages))
        return { refusal: texts.remove.notAllowed };
      const { image, project, uploadAnswer: uploadAnswerId } = customId;
      const reference = { interaction: referenceTo(interaction), messageId: interaction.message.id };
      return {
        job: { kind: "remove", ...reference, image, project, uploadAnswerId },
        visibility: "in place",
      };
    }
    case "forget": {
      if (interaction.user.id !== customId.user) return { refusal: texts.forgetMe.notYours };
      const job = { kind: "forget", interaction: referenceTo(interaction) } as const;
      // Only this person may read the result.
      if (!interaction.message.flags.has(MessageFlags.Ephemeral)) return { job, visibility: "private" };
      return { job, visibility: "in place", meanwhile: texts.forgetMe.removing };
    }
    default:
      return { refusal: texts.press.unknown };
  }
}
