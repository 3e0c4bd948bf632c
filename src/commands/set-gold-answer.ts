import { ApplicationCommandType, type StringSelectMenuInteraction } from "discord.js";
import type { CustomId } from "../jobs/custom-id.ts";
import { MAX_GOLD_IMAGES } from "../jobs/gold.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, MessageCommand, Outcome } from "./command.ts";
import { imagesInMessage } from "./images-in-message.ts";
import { IN_SERVERS, localizedName } from "./metadata.ts";
import { pressReferenceTo, referenceTo } from "./reference.ts";

/** Lets moderators say which label of an image of a round is right. */
export const setGoldAnswer = {
  data: {
    type: ApplicationCommandType.Message,
    ...localizedName((texts) => texts.gold.messageCommand),
    ...IN_SERVERS,
  },

  execute(interaction, settings) {
    const round = imagesInMessage(interaction, ["press", "select"]);
    if (round === undefined) return { refusal: textsFor(interaction.locale).gold.noRound };
    const images = round.images.slice(0, MAX_GOLD_IMAGES);
    const { project } = round;
    return {
      job: { kind: "offer-gold", interaction: referenceTo(interaction, settings), images, project },
    };
  },
} satisfies MessageCommand;

/** Saves the gold answer that was chosen. */
export function chooseGold(
  interaction: StringSelectMenuInteraction,
  { image, project }: Extract<CustomId, { kind: "gold" }>,
  settings: CommandSettings,
): Outcome {
  const label = goldIn(interaction.values);
  if (label === undefined) return { refusal: textsFor(interaction.locale).press.unknown };
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind: "set-gold", ...reference, image, project, label } };
}

/** A label's number, or null for "none". */
function goldIn([value = ""]: readonly string[]): number | null | undefined {
  if (value === "none") return null;
  return /^\d$/.test(value) ? Number(value) : undefined;
}
