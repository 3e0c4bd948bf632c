import Papa from "papaparse";
import { snowflakeTime } from "../platform/snowflake.ts";

/** The values of a row by column name. Its id is the first column, and is a snowflake or a snowflake with a suffix: `123`, `123-2`. */
export type Row = Record<string, string> & { id: string };

/** Matches the start of what spreadsheets read as a formula, including the full-width forms of Chinese, Japanese and Korean. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
const LINE_BREAK = "\r\n";

/** Whether a text can be a row's id. */
export function isRowId(text: string): boolean {
  return /^\d{1,19}(?:-\d{1,9})?$/.test(text);
}

/** Compares the ids of two rows: by their snowflakes, then by their suffixes. Negative if the first one is smaller. */
export function compareIds(a: string, b: string): number {
  const [first, second] = [idSnowflake(a), idSnowflake(b)];
  if (first !== second) return first < second ? -1 : 1;
  return Number(a.split("-", 2)[1] ?? 0) - Number(b.split("-", 2)[1] ?? 0);
}

/** Returns the snowflake that a row's id starts with. */
export function idSnowflake(id: string): bigint {
  return BigInt(id.split("-", 1)[0] ?? id);
}

/** Returns the time at which a row's id was made, in milliseconds since 1970. */
export function idTime(id: string): number {
  return snowflakeTime(id.split("-", 1)[0] ?? id).getTime();
}

export function headerLine(columns: readonly string[]): Buffer {
  return lineOf(columns);
}

/**
 * Formats one line of a table. Text that a spreadsheet would read as a formula gets an apostrophe in front. Invisible characters,
 * line breaks included, become spaces, so that every line is one row.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function rowLine(columns: readonly string[], row: Readonly<Record<string, string>>): Buffer {
  return lineOf(
    columns.map((column) => (row[column] ?? "").replace(/[\p{C}\u2028\u2029]+/gu, " ").trimStart()),
  );
}

function lineOf(fields: readonly string[]): Buffer {
  return Buffer.from(
    Papa.unparse([[...fields]], { newline: LINE_BREAK, escapeFormulae: FORMULA }) + LINE_BREAK,
  );
}

/** Reads the rows of a part by column name. An editor may have changed the order of the columns and the delimiter. */
export function rowsIn(part: Buffer): Record<string, string>[] {
  const text = part.toString();
  return (
    plainRowsIn(text) ?? Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
  );
}

/** Reads a part without quoted fields, several times as fast as a full parser. Returns undefined for any other part. */
function plainRowsIn(text: string): Record<string, string>[] | undefined {
  const [first = "", ...lines] = text.split(LINE_BREAK);
  const columns = first.split(",");
  if (text.includes('"') || columns.length < 2 || !columns.every((column) => /^\w+$/.test(column)))
    return undefined;
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const fields = line.split(",");
      const row: Record<string, string> = {};
      columns.forEach((column, index) => {
        const field = fields[index];
        if (field !== undefined) row[column] = field;
      });
      return row;
    });
}

/** Finds the ids of all rows of a part at the starts of its lines, even if an editor has broken the rest. */
export function idsOf(part: Buffer): string[] {
  // Copied, because a substring keeps the whole text in memory.
  return Array.from(part.toString().matchAll(/^"?(\d+(?:-\d+)?)"?(?=[,;])/gm), ([, id = ""]) =>
    Buffer.from(id).toString(),
  );
}

/** Adds the line break at the end of a part, which rows to append need, if an editor has removed it. */
export function completed(part: Buffer): Buffer {
  const ends = part.length === 0 || part.at(-1) === "\n".codePointAt(0);
  return ends ? part : Buffer.concat([part, Buffer.from(LINE_BREAK)]);
}
