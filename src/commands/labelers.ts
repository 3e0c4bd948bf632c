import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from "discord.js";
import { encodeCustomId, type CustomId } from "../jobs/custom-id.ts";
import { MAX_REASON_LENGTH, parseExclusionChoice } from "../jobs/labelers.ts";
import { tidyLine } from "../jobs/tidy-line.ts";
import { shortPseudonym } from "../labeling/short-pseudonym.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, Outcome, SlashCommand } from "./command.ts";
import { metadata, WITH_THE_BOT } from "./metadata.ts";
import { pressReferenceTo, referenceTo } from "./reference.ts";

/** The custom id of the modal's only input. */
const REASON = "reason";

/** Shows moderators how well people label. The worker checks the right, because it knows which project this is about. */
export const labelers = {
  data: { ...metadata((texts) => texts.labelers.command), ...WITH_THE_BOT },

  execute(interaction, settings) {
    return {
      job: { kind: "labelers", interaction: referenceTo(interaction, settings) },
    };
  },
} satisfies SlashCommand;

type IdOf<Kind extends CustomId["kind"]> = Extract<CustomId, { kind: Kind }>;

/** Shows another page, in the same message. */
export function turnPage(
  interaction: ButtonInteraction,
  { project, page }: IdOf<"labelers">,
  settings: CommandSettings,
): Outcome {
  const reference = pressReferenceTo(interaction, settings);
  return { job: { kind: "labelers", ...reference, project, page } };
}

/** Asks why a person is to be excluded, or counted again. */
export function askReason(
  { values: [value = ""], locale }: StringSelectMenuInteraction,
  { project, page }: IdOf<"exclude">,
): Outcome {
  const choice = parseExclusionChoice(value);
  if (choice === undefined) return { refusal: textsFor(locale).press.unknown };
  return { modal: reasonModal({ kind: "exclusion", project, ...choice, page }, locale) };
}

function reasonModal(id: IdOf<"exclusion">, locale: string): APIModalInteractionResponseCallbackData {
  const t = textsFor(locale).labelers.modal;
  const name = shortPseudonym(id.labeler);
  return {
    custom_id: encodeCustomId(id),
    title: id.excluded ? t.exclude(name) : t.takeBack(name),
    components: [
      {
        type: ComponentType.Label,
        label: t.why,
        description: id.excluded ? t.readable : t.optional,
        component: {
          type: ComponentType.TextInput,
          custom_id: REASON,
          style: TextInputStyle.Paragraph,
          max_length: MAX_REASON_LENGTH,
          required: id.excluded,
        },
      },
    ],
  };
}

/** Excludes a person, or takes that back, for the given reason. */
export function submitReason(
  interaction: ModalSubmitInteraction,
  { project, labeler, excluded, page }: IdOf<"exclusion">,
  settings: CommandSettings,
): Outcome {
  const texts = textsFor(interaction.locale);
  const reason = tidyLine(interaction.fields.getTextInputValue(REASON));
  const messageId = interaction.message?.id;
  if (messageId === undefined) return { refusal: texts.press.unknown };
  if (excluded && reason === "") return { refusal: texts.labelers.noReason };
  const reference = { interaction: referenceTo(interaction, settings), messageId };
  return {
    job: { kind: "exclude", ...reference, project, page, exclusion: { labeler, excluded, reason } },
  };
}
