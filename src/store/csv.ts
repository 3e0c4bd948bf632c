import Papa from "papaparse";

/** A row by its columns' names. Its id is a snowflake and comes first. */
export type Row = Record<string, string> & { id: string };

/** A line break of RFC 4180. */
const BREAK = "\r\n";

export function headerLine(columns: readonly string[]): Buffer {
  return lineOf(columns);
}

/**
 * One line of a part. Text that a spreadsheet would take for a formula gets an apostrophe before it, and line breaks
 * become spaces, so that a line is a row.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function rowLine(columns: readonly string[], row: Row): Buffer {
  return lineOf(columns.map((column) => (row[column] ?? "").replace(/[\p{C}\u2028\u2029]+/gu, " ")));
}

function lineOf(fields: readonly string[]): Buffer {
  return Buffer.from(Papa.unparse([[...fields]], { newline: BREAK, escapeFormulae: true }) + BREAK);
}

/** The ids of all rows of a part. */
export function idsOf(part: Buffer): Set<string> {
  const { data } = Papa.parse<string[]>(part.toString(), { skipEmptyLines: true });
  return new Set(data.slice(1).flatMap(([id]) => (id === undefined ? [] : [id])));
}

/** A part must end in a line break before a row is appended; somebody's editor may have taken it away. */
export function completed(part: Buffer): Buffer {
  const ends = part.length === 0 || part.at(-1) === "\n".codePointAt(0);
  return ends ? part : Buffer.concat([part, Buffer.from(BREAK)]);
}
