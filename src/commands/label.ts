import { MessageFlags, type ButtonInteraction, type StringSelectMenuInteraction } from "discord.js";
import type { CustomId } from "../jobs/custom-id.ts";
import { MIN_VIEW_MS, type LabelBackJob, type LabelPressJob, type LabelSkipJob } from "../jobs/label.ts";
import type { Answer } from "../labeling/question.ts";
import type { CommandSettings, Outcome, SlashCommand } from "./command.ts";
import { metadata, WITH_THE_BOT } from "./metadata.ts";
import { pressReferenceTo, referenceTo } from "./reference.ts";

/** Shows a person one image after another to label. */
export const label = {
  data: { ...metadata((texts) => texts.label.command), ...WITH_THE_BOT },

  execute(interaction, settings) {
    return {
      job: { kind: "label", interaction: referenceTo(interaction, settings) },
    };
  },
} satisfies SlashCommand;

type ComponentUse = ButtonInteraction | StringSelectMenuInteraction;
type IdOf<Kind extends CustomId["kind"]> = Extract<CustomId, { kind: Kind }>;

/** Starts labeling alone: in a new private message, or in the one that ended an earlier session. */
export function labelAlone(
  interaction: ButtonInteraction,
  { project }: IdOf<"label-alone">,
  settings: CommandSettings,
): Outcome {
  const job = { kind: "label", interaction: referenceTo(interaction, settings), project } as const;
  return interaction.message.flags.has(MessageFlags.Ephemeral)
    ? { job: { ...job, messageId: interaction.message.id } }
    : { job };
}

/** Answers the image that the message shows. */
export function pickLabel(
  interaction: ComponentUse,
  { session, image, project, skips }: IdOf<"pick" | "choose">,
  answer: Answer,
  settings: CommandSettings,
): Outcome {
  const press = { session, image, project, skips, label: answer };
  return inPlace(interaction, { kind: "label-press", press }, settings);
}

/** Shows another image. */
export function skipImage(
  interaction: ButtonInteraction,
  customId: IdOf<"skip">,
  settings: CommandSettings,
): Outcome {
  const { kind: _, ...skip } = customId;
  return inPlace(interaction, { kind: "label-skip", skip }, settings);
}

/** Shows an image that the person has answered. */
export function goBack(
  interaction: ButtonInteraction,
  customId: IdOf<"label-back">,
  settings: CommandSettings,
): Outcome {
  const { kind: _, ...back } = customId;
  return inPlace(interaction, { kind: "label-back", back }, settings);
}

/** Ends a session. It changes nothing that is stored, so it is never too soon. */
export function endLabeling(
  interaction: ButtonInteraction,
  customId: IdOf<"label-done">,
  settings: CommandSettings,
): Outcome {
  const { kind: _, ...done } = customId;
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind: "label-done", ...reference, done } };
}

/** What a press on the message that shows an image asks for. */
type Pressed =
  | Pick<LabelPressJob, "kind" | "press">
  | Pick<LabelSkipJob, "kind" | "skip">
  | Pick<LabelBackJob, "kind" | "back">;

/** The message shows the result, unless the press was meant for what it showed a moment ago. */
function inPlace(interaction: ComponentUse, pressed: Pressed, settings: CommandSettings): Outcome {
  if (isTooSoon(interaction, settings)) return { ignored: true };
  const reference = pressReferenceTo(interaction, settings);
  return { job: { ...pressed, ...reference } };
}

function isTooSoon(
  { createdTimestamp, message: { editedTimestamp } }: ComponentUse,
  { minViewMs = MIN_VIEW_MS }: CommandSettings,
): boolean {
  return editedTimestamp !== null && createdTimestamp - editedTimestamp < minViewMs;
}
