import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APIStringSelectComponent,
} from "discord-api-types/v10";
import { encodeCustomId } from "../../jobs/custom-id.ts";
import { UNSURE, type Answer, type Question } from "../../labeling/question.ts";
import type { Texts } from "../../texts/texts.ts";
import { button, gallery, MUSTARD, pictureFile, textDisplay } from "../message-parts.ts";
import type { ImagePicture } from "../picture.ts";
import { answerName, choicesOf, MAX_BUTTON_LABELS, optionsOf, questionTitle } from "../question-texts.ts";
import type { ComponentMessage } from "../settings-message.ts";

/** An image that a person labels alone. */
export interface ShownAlone {
  /** Id of the interaction that began the session. */
  session: string;
  /** The id of the project; null for the hot dogs. */
  project: string | null;
  question: Question;
  picture: ImagePicture;
  /** The image as the buttons carry it: sealed. */
  image: string;
  /** How many of the images that need answers the person has skipped. */
  skips: number;
  /** How many images of the project the person has answered, if that is known. */
  answered: number | undefined;
  /** Whether there is an earlier answer to go back to. */
  canGoBack: boolean;
  /** The person's answer to this image, if they went back to it. */
  given?: { label: Answer; press: string };
  /** What the person should know, in one line. By default, how to change an answer. */
  notice?: string | undefined;
}

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/**
 * One message: the question, the image on its canvas, the answers, and what else the person can do. All that changes in length is
 * below the buttons, and has as many lines in every message, so that the buttons never move.
 */
export function aloneMessage(
  shown: ShownAlone,
  texts: Texts,
  { emoji }: { emoji: "separate" | "in name" } = { emoji: "separate" },
): ComponentMessage {
  const t = texts.label;
  const { question, picture, answered, given, notice = usualNotice(shown, texts) } = shown;
  const file = pictureFile(1, picture.picture);
  const alt = given === undefined && answered !== undefined ? t.alt(answered + 1) : t.altAnswered;
  const lines = answered === undefined ? [notice] : [t.answered(answered), `-# ${notice}`];
  const components = [
    textDisplay(questionTitle(question, texts)),
    gallery(file, alt),
    ...answerRows(shown, texts, emoji),
    textDisplay(lines.join("\n")),
  ];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components }],
    files: [file],
  };
}

function usualNotice({ question, given, answered }: ShownAlone, texts: Texts): string {
  const t = texts.label;
  if (given !== undefined) return t.given(answerName(question, given.label, texts));
  return answered === 0 ? t.alone : t.howToChange;
}

type Choice = ReturnType<typeof choicesOf>[number];

/** The labels in one row, and in another one what else the person can do. */
function answerRows(shown: ShownAlone, texts: Texts, emoji: "separate" | "in name"): Row[] {
  const { session, project, skips, given, canGoBack } = shown;
  const t = texts.label;
  const choices = choicesOf(shown.question, texts, { emoji });
  const labels = choices.filter(({ answer }) => answer !== UNSURE);
  const unsure = choices.filter(({ answer }) => answer === UNSURE);
  const back = button(t.back, { kind: "label-back", session, project, skips, before: given?.press });
  const rows: APIComponentInMessageActionRow[][] = [
    labels.length <= MAX_BUTTON_LABELS
      ? labels.map((choice) => pickButton(choice, shown))
      : [selectOf(labels, shown, t.placeholder)],
    [
      ...unsure.map((choice) => pickButton(choice, shown)),
      button(t.skip, { kind: "skip", ...idsOf(shown) }),
      { ...back, disabled: !canGoBack },
      button(t.done, { kind: "label-done", session, project }),
    ],
  ];
  return rows.map((components) => ({ type: ComponentType.ActionRow, components }));
}

/** What the custom ids about the shown image have in common. */
function idsOf({ session, project, image, skips }: ShownAlone) {
  return { session, image, project, skips };
}

function pickButton({ answer, name, emoji }: Choice, shown: ShownAlone): APIButtonComponentWithCustomId {
  const style = answer === shown.given?.label ? ButtonStyle.Primary : ButtonStyle.Secondary;
  const picked = button(name, { kind: "pick", ...idsOf(shown), label: answer }, style);
  return emoji === undefined ? picked : { ...picked, emoji };
}

function selectOf(
  labels: readonly Choice[],
  shown: ShownAlone,
  placeholder: string,
): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: encodeCustomId({ kind: "choose", ...idsOf(shown) }),
    placeholder,
    options: optionsOf(labels, shown.given?.label),
  };
}

/** The end of a session, with buttons for the progress and for going on. */
export function doneMessage(
  { project, title }: { project: string | null; title: string },
  { label: t }: Texts,
): ComponentMessage {
  const buttons = [
    button(t.goOn, { kind: "label-alone", project }, ButtonStyle.Primary),
    button(t.progress, { kind: "progress", project }),
  ];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [textDisplay(title), { type: ComponentType.ActionRow, components: buttons }],
  };
}
