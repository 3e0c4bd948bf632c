import { snowflakeTime } from "../domain/snowflake.ts";
import type { Label } from "../domain/label.ts";
import { appendFile, type AppendOptions } from "./append-file.ts";
import type { ObjectStore } from "./object-store.ts";

const LABELS = { prefix: "labels/", columns: ["id", "labeled_at", "image", "label", "labeler", "round"] };

/** One person's answer to one image. */
interface LabelRow {
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
  /** Resolves when the answer is durable, once however often it is appended. */
  append(row: LabelRow): Promise<void>;
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
