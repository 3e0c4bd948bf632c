import { UPLOADERS } from "../labeling/project-settings.ts";
import { DEFAULT_SETTLE_AT, SETTLE_THRESHOLDS } from "../labeling/settle-thresholds.ts";
import { splitEmoji } from "./label-emoji.ts";
import type { ProjectForm } from "./project-form.ts";

/** Component ids of the texts in a message with the settings of a project. They must not change: such messages exist for hours. */
const QUESTION_ID = 100;
const LABELS_ID = 110;
/** For a choice, the id is this number plus the index of what is chosen. */
const UNSURE_ID = 120;
const UPLOADS_ID = 130;
const SETTLE_ID = 140;

/** The words around the settings, in the reader's language, each in one line. */
interface SettingsTexts {
  question: string;
  labels: string;
  unsure: { offered: string; notOffered: string };
  uploads: Record<ProjectForm["uploads"], string>;
  settleAt: (probability: number) => string;
}

/** A Text Display of a message, whose id says what it shows. */
interface SettingsText {
  id: number;
  content: string;
}

/**
 * Shows the settings of a project, valid or not, as texts of a message that `parseSettings` can read. What people typed neither
 * formats nor mentions anything.
 */
export function formatSettings(form: ProjectForm, t: SettingsTexts): SettingsText[] {
  const { question, labels, offersUnsure, uploads, settleAt } = form;
  const unsure = offersUnsure ? t.unsure.offered : t.unsure.notOffered;
  return [
    { id: QUESTION_ID, content: `${t.question}\n${escapeFormatting(question)}` },
    { id: LABELS_ID, content: [t.labels, ...labels.map(formatLabel)].join("\n") },
    { id: UNSURE_ID + Number(offersUnsure), content: unsure },
    { id: UPLOADS_ID + UPLOADERS.indexOf(uploads), content: t.uploads[uploads] },
    { id: SETTLE_ID + SETTLE_THRESHOLDS.indexOf(settleAt), content: t.settleAt(settleAt) },
  ];
}

/** A component of a message, in the form in which Discord sends it. */
interface Component {
  id?: number | undefined;
  content?: string | undefined;
}

/** Reads the settings from the top-level components of a message. Returns undefined for a message without them. */
export function parseSettings(components: readonly Component[]): ProjectForm | undefined {
  const contents = new Map(components.map(({ id, content }) => [id, content]));
  const question = contents.get(QUESTION_ID);
  const labels = contents.get(LABELS_ID);
  const uploads = UPLOADERS.find((_, index) => contents.has(UPLOADS_ID + index));
  if (question === undefined || labels === undefined || uploads === undefined) return undefined;
  const [typed = ""] = linesBelow(question);
  const offersUnsure = contents.has(UNSURE_ID + 1);
  // Messages of before this setting do not show it.
  const settleAt = SETTLE_THRESHOLDS.find((_, index) => contents.has(SETTLE_ID + index)) ?? DEFAULT_SETTLE_AT;
  return { question: typed, labels: linesBelow(labels), offersUnsure, uploads, settleAt };
}

function linesBelow(content: string): string[] {
  return content.split("\n").slice(1).map(unescape);
}

/** Shows a label as it was typed. Only a server's emoji at its start is shown as such. */
export function formatLabel(label: string): string {
  const { emoji } = splitEmoji(label);
  const shown = emoji?.id === undefined ? "" : label.slice(0, label.indexOf(">") + 1);
  return shown + escapeFormatting(label.slice(shown.length));
}

/**
 * Shows what a person typed, so that it neither formats nor mentions anything.
 * @see https://support.discord.com/hc/en-us/articles/210298617
 */
export function escapeFormatting(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

function unescape(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");
}
