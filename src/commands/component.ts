import {
  MessageFlags,
  type ButtonInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from "discord.js";
import { decodeCustomId, type CustomId } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, Outcome } from "./command.ts";
import { endLabeling, goBack, labelAlone, pickLabel, skipImage } from "./label.ts";
import { askReason, submitReason, turnPage } from "./labelers.ts";
import { addAnyway, answerAsked, showOwnImages, takeBack } from "./own-uploads.ts";
import { closeProject, exportProject } from "./projects/close.ts";
import { openFilledForm, submitForm } from "./projects/form-flow.ts";
import { pressReferenceTo, referenceTo } from "./reference.ts";
import { decideAll, decideOne, openReview } from "./review.ts";
import { chooseGold } from "./set-gold-answer.ts";

/** Handles the press of a button. Everything needed is in its custom id, and in its message. */
export function pressButton(interaction: ButtonInteraction, settings: CommandSettings): Outcome {
  const texts = textsFor(interaction.locale);
  const customId = decodeCustomId(interaction.customId);
  switch (customId?.kind) {
    case "press": {
      const { kind: _, ...press } = customId;
      const reference = referenceTo(interaction, settings);
      return { job: { kind: "press", interaction: reference, press } };
    }
    case "label-alone":
      return labelAlone(interaction, customId, settings);
    case "pick":
      return pickLabel(interaction, customId, customId.label, settings);
    case "skip":
      return skipImage(interaction, customId, settings);
    case "label-back":
      return goBack(interaction, customId, settings);
    case "label-done":
      return endLabeling(interaction, customId, settings);
    case "progress": {
      const { project } = customId;
      const reference = referenceTo(interaction, settings);
      return { job: { kind: "progress", interaction: reference, project } };
    }
    case "remove":
      return interaction.message.flags.has(MessageFlags.Ephemeral)
        ? removeImage(interaction, customId, settings)
        : offerRemoval(interaction, customId, settings);
    case "drop":
      return removeImage(interaction, customId, settings);
    case "review":
      return openReview(interaction, customId, settings);
    case "decide":
      return decideOne(interaction, customId, settings);
    case "decide-all":
      return decideAll(interaction, customId, settings);
    case "forget":
      return forget(interaction, customId, settings);
    case "take-back":
      return takeBack(interaction, customId, settings);
    case "add-anyway":
      return addAnyway(interaction, customId, settings);
    case "add-asked":
      return answerAsked(interaction, customId, settings);
    case "own-images":
      return showOwnImages(interaction, customId, settings);
    case "edit-project":
    case "correct-project":
      return openFilledForm(interaction, customId.project);
    case "close-project":
      return closeProject(interaction, customId.project, settings);
    case "export-project":
      return exportProject(interaction, customId.project, settings);
    case "labelers":
      return turnPage(interaction, customId, settings);
    case "select":
    case "choose":
    case "project-form":
    case "gold":
    case "exclude":
    case "exclusion":
    case undefined:
      return { refusal: texts.press.unknown };
  }
}

/** Handles a choice in a select menu: an answer to an image, its gold answer, or whom to exclude. */
export function chooseInSelect(interaction: StringSelectMenuInteraction, settings: CommandSettings): Outcome {
  const customId = decodeCustomId(interaction.customId);
  if (customId?.kind === "gold") return chooseGold(interaction, customId, settings);
  if (customId?.kind === "exclude") return askReason(interaction, customId);
  const label = labelIn(interaction.values);
  if (customId?.kind === "choose" && label !== undefined)
    return pickLabel(interaction, customId, label, settings);
  if (customId?.kind !== "select" || label === undefined)
    return { refusal: textsFor(interaction.locale).press.unknown };
  const { kind: _, ...image } = customId;
  const press = { ...image, label };
  return {
    job: { kind: "press", interaction: referenceTo(interaction, settings), press },
  };
}

/** Handles a submitted modal. */
export function submitModal(interaction: ModalSubmitInteraction, settings: CommandSettings): Outcome {
  const customId = decodeCustomId(interaction.customId);
  if (customId?.kind === "project-form") return submitForm(interaction, customId.project, settings);
  return customId?.kind === "exclusion"
    ? submitReason(interaction, customId, settings)
    : { refusal: textsFor(interaction.locale).press.unknown };
}

/** The answer that was chosen: a label's number, or "unsure". */
function labelIn([value = ""]: readonly string[]): number | "unsure" | undefined {
  if (value === "unsure") return value;
  return /^\d$/.test(value) ? Number(value) : undefined;
}

/** Shows the image of an upload and asks whether to remove it. */
function offerRemoval(
  interaction: ButtonInteraction,
  { image, project }: Extract<CustomId, { kind: "remove" }>,
  settings: CommandSettings,
): Outcome {
  const reference = referenceTo(interaction, settings);
  const offer = { images: [image], project, uploadAnswerId: interaction.message.id };
  return { job: { kind: "offer-removal", interaction: reference, ...offer } };
}

function removeImage(
  interaction: ButtonInteraction,
  { image, project, uploadAnswer: uploadAnswerId }: Extract<CustomId, { kind: "remove" | "drop" }>,
  settings: CommandSettings,
): Outcome {
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind: "remove", ...reference, image, project, uploadAnswerId } };
}

function forget(
  interaction: ButtonInteraction,
  { user, images }: Extract<CustomId, { kind: "forget" }>,
  settings: CommandSettings,
): Outcome {
  const t = textsFor(interaction.locale).forgetMe;
  if (interaction.user.id !== user) return { refusal: t.notYours };
  const job = { kind: "forget", interaction: referenceTo(interaction, settings), images } as const;
  // Only this person may read the result.
  if (!interaction.message.flags.has(MessageFlags.Ephemeral)) return { job };
  return { job, meanwhile: t.removing };
}
