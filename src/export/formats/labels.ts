import type { Label } from "../../labeling/votes.ts";
import { snowflakeTime } from "../../platform/snowflake.ts";
import { headerLine, rowLine } from "../../append-log/csv.ts";
import { labelFields, LABEL_TABLE, type LabelRow } from "../../project/label-file.ts";
import { csvFile } from "./csv-file.ts";
import type { ExportFile } from "./export-file.ts";

/** One answer of an export. */
export interface ExportedAnswer {
  image: string;
  /** Pseudonym. */
  labeler: string;
  label: Label;
  /** The press's interaction id. */
  id: bigint;
  /** Whether it is this person's last answer to the image, the one that counts. */
  isLast: boolean;
}

/**
 * Every answer, also those that were changed later, in the order of images and pseudonyms. Without ids, times and the order in
 * which they were given, which would lead from Discord's messages to people.
 */
export function labelsFile(answers: IteratorObject<ExportedAnswer>): ExportFile {
  const columns = ["image", "labeler", "label", "labeled_on", "counts"] as const;
  const rows = answers.map(({ image, labeler, label, id, isLast }) => ({
    image,
    labeler,
    label: String(label),
    labeled_on: dayOf(id),
    counts: isLast ? "1" : "0",
  }));
  return csvFile("labels.csv", columns, rows);
}

/** Every answer as it stands in the label file: its parts as one. */
export function rawLabelsFile(batches: AsyncIterable<readonly LabelRow[]>): ExportFile {
  return { name: "labels.csv", contentType: "text/csv", text: linesOf(batches) };
}

async function* linesOf(batches: AsyncIterable<readonly LabelRow[]>): AsyncGenerator<string> {
  yield headerLine(LABEL_TABLE.columns).toString();
  for await (const rows of batches)
    yield rows.map((row) => rowLine(LABEL_TABLE.columns, labelFields(row)).toString()).join("");
}

/** YYYY-MM-DD in UTC. */
function dayOf(id: bigint): string {
  return snowflakeTime(String(id)).toISOString().slice(0, 10);
}
