import type { APISelectMenuOption } from "discord-api-types/v10";
import { splitEmoji, type LabelEmoji } from "../jobs/label-emoji.ts";
import { escapeFormatting, formatLabel } from "../jobs/settings-text.ts";
import { UNSURE, type Answer, type Question } from "../labeling/question.ts";
import type { Texts } from "../texts/texts.ts";

/** Labels up to this number are buttons, which leaves room for "Not sure" in a row of 5. More labels are a select menu. */
export const MAX_BUTTON_LABELS = 4;

/** An answer that people can choose in a round. */
interface Choice {
  answer: Answer;
  name: string;
  emoji?: LabelEmoji;
}

/**
 * The answers that a question offers, in the order in which people see them.
 * @param emoji whether an emoji at the start of a label is separate, or a part of its name
 */
export function choicesOf(
  question: Question,
  { hotdog, labeling }: Texts,
  { emoji }: { emoji: "separate" | "in name" },
): Choice[] {
  if (question.builtIn === "hotdog")
    return Object.values(hotdog.round.labels).map((name, answer) => ({ answer, name }));
  const labels = question.labels.map((label, answer) => ({
    answer,
    ...(emoji === "separate" ? splitEmoji(label) : { name: withEmojiName(label) }),
  }));
  return question.offersUnsure ? [...labels, { answer: UNSURE, name: labeling.unsure }] : labels;
}

/** The options of a select menu with these choices. @param given the choice that is made already */
export function optionsOf(choices: readonly Choice[], given?: Answer): APISelectMenuOption[] {
  return choices.map(({ answer, name, emoji }) => ({
    label: name,
    value: String(answer),
    default: answer === given,
    ...(emoji && { emoji }),
  }));
}

/** The name of a server's emoji instead of the emoji, for where Discord shows no emoji in texts. */
function withEmojiName(label: string): string {
  return label.replace(/^<a?(:\w+:)\d+>/, "$1");
}

/** The title of a round: what is asked, and how to answer. */
export function roundTitle(question: Question, { hotdog, labeling }: Texts): string {
  if (question.builtIn === "hotdog") return hotdog.round.question;
  const how = question.labels.length <= MAX_BUTTON_LABELS ? labeling.howToPress : labeling.howToSelect;
  return `## ${escapeFormatting(question.text)}\n${how}`;
}

/** The title of a message with one image: what is asked. */
export function questionTitle(question: Question, { label }: Texts): string {
  return question.builtIn === "hotdog" ? label.hotdogQuestion : `## ${escapeFormatting(question.text)}`;
}

/** The name of an answer in a text. */
export function answerName(question: Question, answer: Answer, { hotdog, labeling }: Texts): string {
  if (answer === UNSURE) return labeling.unsure;
  return question.builtIn === "hotdog"
    ? (Object.values(hotdog.round.labels)[answer] ?? "")
    : formatLabel(question.labels[answer] ?? "");
}

/** Limit of a name in a line that must fit on a phone, in characters. */
const MAX_SHORT_NAME = 20;

/** The name of an answer in a line that must fit on a phone: the end of a long one is cut off. */
export function shortAnswerName(question: Question, answer: Answer, texts: Texts): string {
  const label = question.builtIn === undefined && answer !== UNSURE ? (question.labels[answer] ?? "") : "";
  const { name } = splitEmoji(label);
  const characters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  if (characters.length <= MAX_SHORT_NAME || !label.endsWith(name))
    return answerName(question, answer, texts);
  const shown = characters
    .slice(0, MAX_SHORT_NAME - 1)
    .join("")
    .trimEnd();
  return formatLabel(`${label.slice(0, -name.length)}${shown}…`);
}

/** The name of the command that shows images of a project. @param id null for the hot dogs */
export function roundCommand(id: string | null, { hotdog, round }: Texts): string {
  return (id === null ? hotdog : round).command.name;
}

/** Says that an answer was saved. */
export function savedText(
  question: Question,
  { position, label }: { position: number; label: Answer },
  texts: Texts,
): string {
  const { labeling, press } = texts;
  if (label === UNSURE) return labeling.savedUnsure(position);
  const t = question.builtIn === "hotdog" ? press : labeling;
  return t.saved(position, answerName(question, label, texts));
}

/** Whether people can give this answer to the question now. */
export function isOffered({ labels, offersUnsure }: Question, answer: Answer): boolean {
  return answer === UNSURE ? offersUnsure : answer < labels.length;
}
