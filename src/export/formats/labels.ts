import { headerLine, rowLine } from "../../store/csv.ts";
import { labelFields, LABELS, type LabelRow } from "../../store/label-file.ts";
import type { ExportFile } from "./export-file.ts";

/** Every answer, also those that were changed later: the parts of the label file as one. */
export function labelsFile(batches: AsyncIterable<readonly LabelRow[]>): ExportFile {
  return { name: "labels.csv", contentType: "text/csv", text: linesOf(batches) };
}

async function* linesOf(batches: AsyncIterable<readonly LabelRow[]>): AsyncGenerator<string> {
  yield headerLine(LABELS.columns).toString();
  for await (const rows of batches)
    yield rows.map((row) => rowLine(LABELS.columns, labelFields(row)).toString()).join("");
}
