/** Answers to uploads: what they say about each file, how they are made from outcomes, and how they change later. */
import { ComponentType, type APIButtonComponentWithCustomId } from "discord-api-types/v10";
import { customIdsIn, decodeCustomId, type CustomId } from "../jobs/custom-id.ts";
import type { ImageSet } from "../project/image-set.ts";
import type { UploadId } from "../project/upload-file.ts";
import { echo } from "../texts/echo.ts";
import { LANGUAGES, textsFor, type Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import type { PersonRequest } from "./find-place.ts";
import { button, isPictureOf, pictureFile, type AnswerFile } from "./message-parts.ts";
import type { OwnComponent, OwnMessage } from "./own-messages.ts";
import type { PictureMaker } from "./picture.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import { addAnywayButton, showsNearDuplicate } from "./near-duplicate-answer.ts";
import type { FileOutcome, ShownOutcome, UploadOutcome } from "./upload-outcome.ts";

const BUTTONS_PER_ROW = 5;

/**
 * The line of a file: its number, its name as inline code, and its outcome. Names contain no backtick. Earlier versions wrote the same
 * lines.
 */
const FILE_LINE = /^(?<start>(?<number>\d+)\. `[^`]*` – )(?<outcome>.*)$/;

/** The order of the buttons. Those of one kind are in the order of their files. */
const BUTTON_KINDS: readonly CustomId["kind"][] = ["remove", "take-back", "add-anyway"];

/** What the buttons of an answer depend on, besides the outcomes. */
export interface UploadAnswerPlace {
  /** Null for the hot dogs. */
  project: string | null;
  /** Whether each image in the set has a button to remove it, because there are moderators to press it. */
  removable: boolean;
  /** Whether images that wait can be reviewed from here, because those who approve them see the answer; false by default. */
  reviewable?: boolean;
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
  const buttons = outcomes.flatMap((file) => buttonsOf(file, texts, place));
  return {
    content: [...lines, ...(note === undefined ? [] : [`-# ${note}`])].join("\n"),
    components: inRows([...buttons, ...reviewButton(lines, texts, place)]),
  };
}

/** The pictures of the images that an upload has added, as everyone will see them. */
export async function addedPictures(
  outcomes: readonly ShownOutcome[],
  { images }: { images: Pick<ImageSet, "has" | "read"> },
  makePictures: PictureMaker,
): Promise<AnswerFile[]> {
  const added = outcomes.flatMap((file) =>
    file.outcome === "added" || file.outcome === "approved" ? [file] : [],
  );
  const pictures = new Map(
    added.flatMap(({ image, picture }) => (picture === undefined ? [] : [[image, picture]])),
  );
  const numbers = new Map(added.map(({ image, position }) => [image, position]));
  const unmade = [...numbers.keys()].filter((image) => !pictures.has(image));
  for (const { image, picture } of await makePictures(unmade, images)) pictures.set(image, picture);
  return Array.from(numbers, ([image, number]) => [number, pictures.get(image)] as const).flatMap(
    ([number, picture]) => (picture === undefined ? [] : [pictureFile(number, picture)]),
  );
}

/** The answer to a request to add images. */
export function uploadAnswer(
  outcomes: readonly UploadOutcome[],
  request: PersonRequest,
  project: Pick<ProjectInUse, "id">,
): AnswerMessage {
  const texts = textsFor(request.locale);
  const note = project.id === null ? texts.upload.purpose : texts.labeling.purpose;
  return uploadMessage(outcomes, texts, { ...uploadAnswerPlace(request, project), note });
}

/** What the buttons of an answer to a request to add images depend on. */
export function uploadAnswerPlace(
  { guildId, rights }: PersonRequest,
  { id: project }: Pick<ProjectInUse, "id">,
): UploadAnswerPlace {
  const removable = guildId !== null;
  // Those who look after the hot dogs see the answers in the home server.
  const reviewable = project === null ? rights?.atHome === true : removable;
  return { project, removable, reviewable };
}

/** The line of a file in an answer. */
export function fileLine(file: FileOutcome & { position: number; name: string }, texts: Texts): string {
  return `${file.position}. ${echo(file.name)} – ${describeOutcome(file, texts)}`;
}

/** Reads what `fileLine` has written; undefined for any other line. */
function readFileLine(line: string): { start: string; position: number; outcome: string } | undefined {
  const { start, number, outcome } = FILE_LINE.exec(line)?.groups ?? {};
  if (start === undefined || outcome === undefined) return undefined;
  return { start, position: Number(number), outcome };
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
    const shown = readFileLine(line);
    const file = byNumber.get(shown?.position ?? 0);
    if (shown === undefined || file === undefined) return line;
    return shown.start + describeOutcome(file, texts);
  });
  const kept = components
    .flatMap((row) => row.components ?? [])
    .filter((shown) => !byNumber.has(fileNumber(shown) ?? 0) && !isReview(shown));
  // An answer that had the button keeps it while something waits.
  const reviewable = place.reviewable ?? components.some((row) => row.components?.some(isReview));
  const added = [
    ...changes.flatMap((file) => buttonsOf(file, texts, place)),
    ...reviewButton(lines, texts, { ...place, reviewable }),
  ];
  const keptFiles = attachments.filter(({ filename }) => !changes.some((file) => drops(file, filename)));
  return {
    content: lines.join("\n"),
    components: inRows([...kept, ...added]),
    keptFiles: keptFiles.map(({ id }) => id),
  };
}

/** Whether an answer loses an attachment by a change: the picture of an image that is gone, or those of a near duplicate. */
function drops(change: ShownOutcome, filename: string): boolean {
  const { position } = change;
  return (!("image" in change) && isPictureOf(position, filename)) || showsNearDuplicate(position, filename);
}

/** The files of this project that an answer says wait for approval. */
export function waitingFiles({ content, components }: OwnMessage, project: string | null): UploadId[] {
  const { pending } = languageOf(content).upload.outcome;
  const waiting = new Set(
    content
      .split("\n")
      .map(readFileLine)
      .flatMap((file) => (file?.outcome === pending ? [file.position] : [])),
  );
  return customIdsIn(components).flatMap((id) =>
    id.kind === "take-back" && id.project === project && waiting.has(id.file)
      ? [{ jobId: id.upload, position: id.file }]
      : [],
  );
}

/** A button as the bot makes it, or as Discord sends it. */
type ShownButton = Pick<OwnComponent, "label" | "custom_id">;

/** The number of the file that a button is for, which its label contains in every language. */
export function fileNumber({ label = "" }: ShownButton): number | undefined {
  const [digits] = /\d+/.exec(label) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The button that shows all images of the project that wait, if one of these lines says that its file does. */
function reviewButton(
  lines: readonly string[],
  { upload, review }: Texts,
  { project, reviewable = false }: UploadAnswerPlace,
): APIButtonComponentWithCustomId[] {
  const waits = lines.some((line) => readFileLine(line)?.outcome === upload.outcome.pending);
  return waits && reviewable ? [button(review.review, { kind: "review", project })] : [];
}

function isReview({ custom_id: id = "" }: ShownButton): boolean {
  return decodeCustomId(id)?.kind === "review";
}

function describeOutcome(file: FileOutcome, { upload: t }: Texts): string {
  return file.outcome === "refused" ? t.outcome.refused(t.refusal[file.refusal]) : t.outcome[file.outcome];
}

/** The language of an answer, by how its outcomes begin. Earlier versions used the same words. */
function languageOf(content: string): Texts {
  const outcomes = content.split("\n").flatMap((line) => readFileLine(line)?.outcome ?? []);
  const [first, ...others] = LANGUAGES.values();
  const isIn = ({ upload: { outcome } }: Texts): boolean =>
    Object.values(outcome)
      .map((words) => (typeof words === "string" ? words : words("").trimEnd()))
      .some((start) => outcomes.some((shown) => shown.startsWith(start)));
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
    case "already-pending":
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
