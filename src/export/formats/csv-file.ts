import { headerLine, rowLine } from "../../append-log/csv.ts";
import type { ExportFile } from "./export-file.ts";

/** A table: one line for each row, its fields by the names of the columns. */
export function csvFile<Column extends string>(
  name: string,
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, string>>>,
): ExportFile {
  return { name, contentType: "text/csv", text: linesOf(columns, rows) };
}

function* linesOf<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, string>>>,
): Generator<string> {
  yield headerLine(columns).toString();
  for (const row of rows) yield rowLine(columns, row).toString();
}
