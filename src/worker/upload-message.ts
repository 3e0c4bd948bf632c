/** Answers to uploads: what they say about each file, how they are made from outcomes, and how they change later. */
import { ComponentType, type APIButtonComponentWithCustomId } from "discord-api-types/v10";
import { decodeCustomId, type CustomId } from "../jobs/custom-id.ts";
import { echo } from "../texts/echo.ts";
import { LANGUAGES, textsFor, type Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import type { PersonRequest } from "./find-place.ts";
import { button, isPictureOf } from "./message-parts.ts";
import type { OwnComponent, OwnMessage } from "./own-messages.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import { addAnywayButton } from "./near-duplicate-answer.ts";
import type { FileOutcome, ShownOutcome, UploadOutcome } from "./upload-outcome.ts";

const BUTTONS_PER_ROW = 5;

/** Between a file's name and its outcome. No outcome contains it. */
const DASH = " – ";

/** The order of the buttons. Those of one kind are in the order of their files. */
const BUTTON_KINDS: readonly CustomId["kind"][] = ["remove", "take-back", "add-anyway"];

/** What the buttons of an answer depend on, besides the outcomes. */
export interface UploadAnswerPlace {
  /** Null for the hot dogs. */
  project: string | null;
  /** Whether each image in the set has a button to remove it, because there are moderators to press it. */
  removable: boolean;
}

/**
 * Says what happened to each file.
 * @param options.note says below the files what they are for
 */
export function uploadMessage(
  outcomes: readonly UploadOutcome[],
  texts: Texts,
  { note, ...place }: UploadAnswerPlace & { note?: string },
): AnswerMessage {
  const lines = outcomes.map((file) => fileLine(file, texts));
  return {
    content: [...lines, ...(note === undefined ? [] : [`-# ${note}`])].join("\n"),
    components: inRows(outcomes.flatMap((file) => buttonsOf(file, texts, place))),
  };
}

/** The answer to a request to add images. */
export function uploadAnswer(
  outcomes: readonly UploadOutcome[],
  { guildId, locale }: PersonRequest,
  { id: project }: Pick<ProjectInUse, "id">,
): AnswerMessage {
  const texts = textsFor(locale);
  const note = project === null ? texts.upload.purpose : texts.labeling.purpose;
  return uploadMessage(outcomes, texts, { project, removable: guildId !== null, note });
}

/** The line of a file in an answer. */
export function fileLine(file: FileOutcome & { position: number; name: string }, texts: Texts): string {
  return `${file.position}. ${echo(file.name)}${DASH}${describeOutcome(file, texts)}`;
}

/**
 * Changes what an answer to an upload says about some of its files, in its own language. The other files, their buttons and their
 * pictures stay as they are.
 */
export function withOutcomes(
  { content, components, attachments }: OwnMessage,
  changes: readonly ShownOutcome[],
  place: UploadAnswerPlace,
): { content: string; components: object[]; keptFiles: string[] } {
  const byNumber = new Map(changes.map((file) => [file.position, file]));
  const texts = languageOf(content);
  const lines = content.split("\n").map((line) => {
    const file = byNumber.get(Number(/^\d+(?=\. )/.exec(line)?.[0]));
    return file === undefined
      ? line
      : line.slice(0, line.lastIndexOf(DASH) + DASH.length) + describeOutcome(file, texts);
  });
  const kept = components
    .flatMap((row) => row.components ?? [])
    .filter((shown) => !byNumber.has(fileNumber(shown) ?? 0));
  const added = changes.flatMap((file) => buttonsOf(file, texts, place));
  const gone = changes.filter((file) => !("image" in file)).map(({ position }) => position);
  const keptFiles = attachments.filter(
    ({ filename }) => !gone.some((number) => isPictureOf(number, filename)),
  );
  return {
    content: lines.join("\n"),
    components: inRows([...kept, ...added]),
    keptFiles: keptFiles.map(({ id }) => id),
  };
}

/** A button as the bot makes it, or as Discord sends it. */
type ShownButton = Pick<OwnComponent, "label" | "custom_id">;

/** The number of the file that a button is for, which its label contains in every language. */
export function fileNumber({ label = "" }: ShownButton): number | undefined {
  const [digits] = /\d+/.exec(label) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function describeOutcome(file: FileOutcome, { upload: t }: Texts): string {
  return file.outcome === "refused" ? t.outcome.refused(t.refusal[file.refusal]) : t.outcome[file.outcome];
}

/** The language of an answer, by its outcomes. Earlier versions used the same words. */
function languageOf(content: string): Texts {
  const lines = content.split("\n");
  const [first, ...others] = LANGUAGES.values();
  const isIn = ({ upload: { outcome } }: Texts): boolean =>
    lines.some((line) =>
      Object.values(outcome).some((words) =>
        line.includes(DASH + (typeof words === "string" ? words : words("").trimEnd())),
      ),
    );
  const found = others.find(isIn) ?? first;
  if (found === undefined) throw new Error("there is no language");
  return found;
}

/** The buttons for one file. Their labels contain its number, and no other. */
function buttonsOf(
  file: ShownOutcome,
  texts: Texts,
  { project, removable }: UploadAnswerPlace,
): APIButtonComponentWithCustomId[] {
  const { upload: t } = texts;
  const { position } = file;
  switch (file.outcome) {
    case "added":
    case "approved":
    case "pending": {
      const { image, jobId: upload } = file;
      const remove = button(t.remove(position), { kind: "remove", image, project });
      const takeBack = { kind: "take-back", upload, file: position, project } as const;
      const isRemovable = removable && file.outcome !== "pending";
      return [...(isRemovable ? [remove] : []), button(t.takeBack(position), takeBack)];
    }
    case "near-duplicate":
      return addAnywayButton(file, texts, project);
    case "present":
    case "refused":
    case "removed":
    case "taken-back":
    case "rejected":
      return [];
  }
}

/** Puts buttons in rows, by kind and number. Those of other kinds come last. */
function inRows<Button extends ShownButton>(buttons: readonly Button[]) {
  const rank = ({ custom_id: id = "" }: ShownButton): number => {
    const kind = decodeCustomId(id)?.kind;
    const index = kind === undefined ? -1 : BUTTON_KINDS.indexOf(kind);
    return index === -1 ? BUTTON_KINDS.length : index;
  };
  const sorted = buttons.toSorted((a, b) => rank(a) - rank(b) || (fileNumber(a) ?? 0) - (fileNumber(b) ?? 0));
  const rows: { type: ComponentType.ActionRow; components: Button[] }[] = [];
  while (sorted.length > 0)
    rows.push({ type: ComponentType.ActionRow, components: sorted.splice(0, BUTTONS_PER_ROW) });
  return rows;
}
