import Papa from "papaparse";

/** A row by its columns' names. Its id comes first and begins with a snowflake. */
export type Row = Record<string, string> & { id: string };

/** What spreadsheets take for the beginning of a formula, also in the width of Chinese, Japanese and Korean characters. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

/** A line break of RFC 4180. */
const BREAK = "\r\n";

export function headerLine(columns: readonly string[]): Buffer {
  return lineOf(columns);
}

/**
 * One line of a table. Text that a spreadsheet would take for a formula gets an apostrophe before it, and characters that
 * cannot be seen, line breaks among them, become spaces, so that a line is a row.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function rowLine(columns: readonly string[], row: Readonly<Record<string, string>>): Buffer {
  return lineOf(
    columns.map((column) => (row[column] ?? "").replace(/[\p{C}\u2028\u2029]+/gu, " ").trimStart()),
  );
}

function lineOf(fields: readonly string[]): Buffer {
  return Buffer.from(Papa.unparse([[...fields]], { newline: BREAK, escapeFormulae: FORMULA }) + BREAK);
}

/** The rows of a part by their columns' names, whichever order or delimiter somebody's editor has given them. */
export function rowsIn(part: Buffer): Record<string, string>[] {
  const text = part.toString();
  return (
    plainRowsIn(text) ?? Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
  );
}

/** Of a part that no editor has touched and that has no field in quotes: read several times as fast. */
function plainRowsIn(text: string): Record<string, string>[] | undefined {
  const [first = "", ...lines] = text.split(BREAK);
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

/**
 * The ids of all rows of a part, read from the beginnings of its lines: so they are found whatever else somebody's editor
 * has made of it.
 */
export function idsOf(part: Buffer): string[] {
  // Copied, for a piece of a text keeps all of it in memory.
  return Array.from(part.toString().matchAll(/^"?(\d+(?:-\d+)?)"?(?=[,;])/gm), ([, id = ""]) =>
    Buffer.from(id).toString(),
  );
}

/** A part must end in a line break before a row is appended; somebody's editor may have taken it away. */
export function completed(part: Buffer): Buffer {
  const ends = part.length === 0 || part.at(-1) === "\n".codePointAt(0);
  return ends ? part : Buffer.concat([part, Buffer.from(BREAK)]);
}
