/** Buttons for the senders of images. */
import type { ButtonInteraction } from "discord.js";
import type { CustomId } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, Outcome } from "./command.ts";
import { pressReferenceTo, referenceTo } from "./reference.ts";

type Pressed<Kind extends CustomId["kind"]> = Extract<CustomId, { kind: Kind }>;

/** Answers whether the images of a message are added. Only the person who sent them may. */
export function answerAsked(
  interaction: ButtonInteraction,
  { message: sourceId, sender, project, answer }: Pressed<"add-asked">,
  settings: CommandSettings,
): Outcome {
  if (interaction.user.id !== sender) return { refusal: textsFor(interaction.locale).askUpload.notYours };
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind: "add-asked", ...reference, sourceId, project, answer } };
}

/** Adds an image although it looks like one in the set. Only the person who sent it may. */
export function addAnyway(
  interaction: ButtonInteraction,
  { kind, message: sourceId, sender, ...file }: Pressed<"add-anyway">,
  settings: CommandSettings,
): Outcome {
  if (interaction.user.id !== sender) return { refusal: textsFor(interaction.locale).addAnyway.notYours };
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind, ...reference, sourceId, ...file } };
}

/** Takes an image back. The worker knows whether the person has added it. */
export function takeBack(
  interaction: ButtonInteraction,
  { kind, ...image }: Pressed<"take-back">,
  settings: CommandSettings,
): Outcome {
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind, ...reference, ...image } };
}

/** Shows the images that the person has added. */
export function showOwnImages(
  interaction: ButtonInteraction,
  { kind, page, isList }: Pressed<"own-images">,
  settings: CommandSettings,
): Outcome {
  const job = { kind, interaction: referenceTo(interaction, settings), page };
  return isList ? { job: { ...job, messageId: interaction.message.id } } : { job };
}
