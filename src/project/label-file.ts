import { IMAGE_NAME } from "../labeling/images.ts";
import { isSnowflake, snowflakeTime } from "../platform/snowflake.ts";
import { UNSURE, type Answer, type Question } from "../labeling/question.ts";
import { appendLog, type AppendOutcome, type AppendOptions } from "../append-log/append-log.ts";
import { rowsIn, type Row } from "../append-log/csv.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { listParts, readParts } from "../append-log/parts.ts";
import type { RowOwner } from "./pseudonyms.ts";

export const LABEL_TABLE = {
  prefix: "labels/",
  columns: ["id", "labeled_at", "image", "label", "labeler", "round"],
  person: "labeler",
};

/** One person's answer to one image. */
export interface LabelRow {
  /** Interaction id of the press. */
  id: string;
  /** File name of the image. */
  image: string;
  label: Answer;
  /** Pseudonym. */
  labeler: string;
  /** Id of the interaction that asked for the round. */
  round: string;
}

export interface LabelFile {
  /** Resolves when the answer is durable or turns out to be erased. Appending the same row again has no effect. */
  append(row: LabelRow, labeler: RowOwner): Promise<AppendOutcome>;
  /** Whether the answer of this press is in the file. */
  has(id: string): Promise<boolean>;
}

export function labelFile(store: ObjectStore, options: AppendOptions): LabelFile {
  const file = appendLog(store, LABEL_TABLE, options);
  return {
    has: (id) => file.has(id),
    append: (row, { tombstone }) => file.append(labelFields(row), tombstone),
  };
}

/** Converts an answer to a row of the table. */
export function labelFields({ label, ...row }: LabelRow): Row {
  return { ...row, label: String(label), labeled_at: snowflakeTime(row.id).toISOString() };
}

/** What one part of the label file holds. */
export interface LabelBatch {
  rows: LabelRow[];
  /** Number of rows that are not answers, for example after someone edited the file. */
  unreadable: number;
}

/** The label file as it was listed. */
export interface StoredLabels {
  parts: number;
  bytes: number;
  /** All answers in file order, one batch per part. */
  batches: AsyncGenerator<LabelBatch>;
}

/** @param question of the project: only its labels are answers */
export async function readLabels(
  store: ObjectStore,
  question: Pick<Question, "labels">,
): Promise<StoredLabels> {
  const parts = await listParts(store, LABEL_TABLE.prefix);
  const answers = storedAnswers(question);
  async function* batches(): AsyncGenerator<LabelBatch> {
    for await (const { body } of readParts(store, parts)) yield labelsIn(body, answers);
  }
  const bytes = parts.reduce((sum, { size }) => sum + size, 0);
  return { parts: parts.length, bytes, batches: batches() };
}

/** The answers to a question, by the text with which a row stores them. */
export type StoredAnswers = ReadonlyMap<string, Answer>;

/** Answers that are not sure are read even if the question no longer offers them. */
export function storedAnswers({ labels }: Pick<Question, "labels">): StoredAnswers {
  return new Map<string, Answer>([
    ...labels.map((_, label) => [String(label), label] as const),
    [UNSURE, UNSURE],
  ]);
}

export function labelsIn(part: Buffer, answers: StoredAnswers): LabelBatch {
  const read = rowsIn(part).map((row) => labelRowOf(row, answers));
  const rows = read.filter((row) => row !== undefined);
  return { rows, unreadable: read.length - rows.length };
}

/** Checks by hand, because a schema is too slow for the hundred thousand rows that someone may be waiting for. */
function labelRowOf(row: Partial<Record<string, string>>, answers: StoredAnswers): LabelRow | undefined {
  const { id, image, label: text, labeler, round } = row;
  if (id === undefined || !isSnowflake(id)) return undefined;
  if (image === undefined || !IMAGE_NAME.test(image)) return undefined;
  const label = text === undefined ? undefined : answers.get(text);
  if (label === undefined) return undefined;
  if (labeler === undefined || labeler === "" || round === undefined) return undefined;
  return { id, image, label, labeler, round };
}
