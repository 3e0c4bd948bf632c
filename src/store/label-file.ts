import { z } from "zod";
import { IMAGE_NAME } from "../domain/image.ts";
import { snowflake, snowflakeTime } from "../domain/snowflake.ts";
import type { Label } from "../domain/label.ts";
import { appendFile, type AppendOptions } from "./append-file.ts";
import { rowsIn } from "./csv.ts";
import type { ObjectStore } from "./object-store.ts";

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
  /** Resolves when the answer is durable, once however often it is appended; with whether it was written now. */
  append(row: LabelRow): Promise<boolean>;
  /** Whether the answer of this press is there. */
  has(id: string): Promise<boolean>;
}

export function labelFile(store: ObjectStore, options: AppendOptions): LabelFile {
  const file = appendFile(store, LABELS, options);
  return {
    has: (id) => file.has(id),
    append: ({ label, ...row }) =>
      file.append({ ...row, label: String(label), labeled_at: snowflakeTime(row.id).toISOString() }),
  };
}

const labelRow = z.object({
  id: snowflake,
  image: z.string().regex(IMAGE_NAME),
  label: z.enum(["0", "1"]).transform((label): Label => (label === "1" ? 1 : 0)),
  labeler: z.string().min(1),
  round: z.string(),
});

/** The answers in a part; how many of its rows are none, as somebody's editor may have made them. */
export function labelsIn(part: Buffer): { rows: LabelRow[]; unreadable: number } {
  const read = rowsIn(part).map((row) => labelRow.safeParse(row).data);
  const rows = read.filter((row) => row !== undefined);
  return { rows, unreadable: read.length - rows.length };
}
