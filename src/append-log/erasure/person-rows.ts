import Papa from "papaparse";

/** A table that names a person in each row. */
export interface PersonTable {
  /** Of the parts' keys; ends in "/". */
  prefix: string;
  columns: readonly string[];
  /** The column with the pseudonym. */
  person: string;
}

export interface Taken {
  /** The person's rows by their columns' names. */
  rows: Record<string, string>[];
  /** All else, byte by byte as it was. */
  rest: Buffer;
}

/**
 * Parts a person's rows from all else, in whatever somebody's editor has made of a part. A row that cannot be read counts
 * as the person's when one of its fields is a pseudonym of theirs, and as somebody else's when none is.
 * @param pseudonyms under which the table knows the person
 * @param wanted is asked about each row of the person, with the snowflake that its id begins with, if that can be read
 */
export function takeRows(
  part: Buffer,
  { columns, person: column }: PersonTable,
  pseudonyms: readonly string[],
  wanted: (id: string | undefined) => boolean,
): Taken {
  if (!pseudonyms.some((pseudonym) => part.includes(pseudonym))) return { rows: [], rest: part };
  // One character a byte, so that what stays is the same bytes in whichever encoding.
  const lines = rowsOf(part.toString("latin1"));
  const { data, meta } = Papa.parse<string[]>(textOf(lines[0]?.replace(/^\u00EF\u00BB\u00BF/, "")));
  const [header = []] = data;
  const names = header.includes(column) ? header : columns;
  const taken: Record<string, string>[] = [];
  const rest = lines.filter((line) => {
    if (!pseudonyms.some((pseudonym) => line.includes(pseudonym))) return true;
    const fields = Papa.parse<string[]>(textOf(line), { delimiter: meta.delimiter }).data[0] ?? [];
    const whole = fields.length === names.length;
    const named = whole ? fields.slice(names.indexOf(column), names.indexOf(column) + 1) : fields;
    if (!named.some((field) => pseudonyms.includes(field))) return true;
    const [, id] = /^(\d{1,19})(?:-\d+)?$/.exec(fields[whole ? names.indexOf("id") : 0] ?? "") ?? [];
    if (!wanted(id)) return true;
    taken.push(Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ""])));
    return false;
  });
  return { rows: taken, rest: taken.length === 0 ? part : Buffer.from(rest.join(""), "latin1") };
}

/** Lines with their breaks; one whose quotes are open goes on in the next, unless that begins as a row does. */
function rowsOf(text: string): string[] {
  const rows: string[] = [];
  let open = false;
  for (const line of text.split(/(?<=\n|\r(?!\n))/)) {
    const isContinued = open && !/^"?\d/.test(line);
    rows.push(isContinued ? (rows.pop() ?? "") + line : line);
    open = (rows.at(-1)?.split('"').length ?? 1) % 2 === 0;
  }
  return rows;
}

function textOf(bytes = ""): string {
  return Buffer.from(bytes, "latin1").toString();
}
