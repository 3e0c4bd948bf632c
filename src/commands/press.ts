import type { ButtonInteraction } from "discord.js";
import { decodeCustomId } from "../domain/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { Outcome } from "./command.ts";
import { referenceTo } from "./reference.ts";

/** A press of a button under an image: all that is needed stands in the button itself. */
export function readPress(interaction: ButtonInteraction): Outcome {
  const press = decodeCustomId(interaction.customId);
  if (press === undefined) return { refusal: textsFor(interaction.locale).press.unknown };
  const { round, position, label, image } = press;
  return {
    job: { kind: "press", interaction: referenceTo(interaction), press: { round, position, label, image } },
    visibility: "private",
  };
}
