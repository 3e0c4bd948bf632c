import { IMAGE_NAME } from "../labeling/images.ts";
import { isSnowflake, snowflakeTime } from "../platform/snowflake.ts";
import type { Label } from "../labeling/votes.ts";
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
  label: Label;
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

export async function readLabels(store: ObjectStore): Promise<StoredLabels> {
  const parts = await listParts(store, LABEL_TABLE.prefix);
  async function* batches(): AsyncGenerator<LabelBatch> {
    for await (const { body } of readParts(store, parts)) yield labelsIn(body);
  }
  const bytes = parts.reduce((sum, { size }) => sum + size, 0);
  return { parts: parts.length, bytes, batches: batches() };
}

export function labelsIn(part: Buffer): LabelBatch {
  const read = rowsIn(part).map(labelRowOf);
  const rows = read.filter((row) => row !== undefined);
  return { rows, unreadable: read.length - rows.length };
}

/** Checks by hand, because a schema is too slow for the hundred thousand rows that someone may be waiting for. */
function labelRowOf(row: Partial<Record<string, string>>): LabelRow | undefined {
  const { id, image, label, labeler, round } = row;
  if (id === undefined || !isSnowflake(id)) return undefined;
  if (image === undefined || !IMAGE_NAME.test(image)) return undefined;
  if (label !== "0" && label !== "1") return undefined;
  if (labeler === undefined || labeler === "" || round === undefined) return undefined;
  return { id, image, label: label === "1" ? 1 : 0, labeler, round };
}
