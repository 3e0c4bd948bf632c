import { IMAGE_NAME } from "../labeling/image.ts";
import { isSnowflake, snowflakeTime } from "../platform/snowflake.ts";
import type { Label } from "../labeling/label.ts";
import { appendLog, type Appended, type AppendOptions } from "../append-log/append-log.ts";
import { rowsIn, type Row } from "../append-log/csv.ts";
import type { ObjectStore } from "../object-store/object-store.ts";

export const LABELS = {
  prefix: "labels/",
  columns: ["id", "labeled_at", "image", "label", "labeler", "round"],
  person: "labeler",
};

/** One person's answer to one image. */
export interface LabelRow {
  /** The press's interaction id. */
  id: string;
  /** The image's file name. */
  image: string;
  label: Label;
  /** Pseudonym. */
  labeler: string;
  /** The id of the interaction that asked for the round. */
  round: string;
}

export interface LabelFile {
  /**
   * Resolves when the answer is durable, once however often it is appended, or when it is forgotten.
   * @param tombstone of the person who gave it
   */
  append(row: LabelRow, tombstone: string): Promise<Appended>;
  /** Whether the answer of this press is there. */
  has(id: string): Promise<boolean>;
}

export function labelFile(store: ObjectStore, options: AppendOptions): LabelFile {
  const file = appendLog(store, LABELS, options);
  return {
    has: (id) => file.has(id),
    append: (row, tombstone) => file.append(labelFields(row), tombstone),
  };
}

/** The fields of the row by their columns' names. */
export function labelFields({ label, ...row }: LabelRow): Row {
  return { ...row, label: String(label), labeled_at: snowflakeTime(row.id).toISOString() };
}

/** The answers in a part; how many of its rows are none, as somebody's editor may have made them. */
export function labelsIn(part: Buffer): { rows: LabelRow[]; unreadable: number } {
  const read = rowsIn(part).map(labelRowOf);
  const rows = read.filter((row) => row !== undefined);
  return { rows, unreadable: read.length - rows.length };
}

/** By hand, for there may be a hundred thousand to read while somebody waits. */
function labelRowOf({
  id,
  image,
  label,
  labeler,
  round,
}: Partial<Record<string, string>>): LabelRow | undefined {
  if (id === undefined || !isSnowflake(id)) return undefined;
  if (image === undefined || !IMAGE_NAME.test(image)) return undefined;
  if (label !== "0" && label !== "1") return undefined;
  if (labeler === undefined || labeler === "" || round === undefined) return undefined;
  return { id, image, label: label === "1" ? 1 : 0, labeler, round };
}
