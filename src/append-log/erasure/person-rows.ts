import Papa from "papaparse";

/** A table that names a person in each row. */
export interface PersonTable {
  /** Prefix of the parts' keys; ends in "/". */
  prefix: string;
  columns: readonly string[];
  /** The column with the pseudonym. */
  person: string;
}

interface TakenRows {
  /** The person's rows by column name. */
  rows: Record<string, string>[];
  /** The rest of the part, byte for byte (I17). */
  rest: Buffer;
}

/**
 * Takes a person's rows out of a part, even if an editor has changed the part's format. A row that cannot be read counts as the
 * person's if one of its fields is one of the pseudonyms.
 * @param pseudonyms the person's names in this table
 * @param isTaken returns whether to take a row of the person; gets the snowflake that the row's id starts with, if it is readable
 */
export function takeRows(
  part: Buffer,
  { columns, person: column }: PersonTable,
  pseudonyms: readonly string[],
  isTaken: (id: string | undefined) => boolean,
): TakenRows {
  if (!pseudonyms.some((pseudonym) => part.includes(pseudonym))) return { rows: [], rest: part };
  // One character per byte, so that the rest keeps its bytes in any encoding.
  const lines = rowsOf(part.toString("latin1"));
  const { data, meta } = Papa.parse<string[]>(utf8(lines[0]?.replace(/^\u00EF\u00BB\u00BF/, "")));
  const [header = []] = data;
  const names = header.includes(column) ? header : columns;
  const rows: Record<string, string>[] = [];
  const rest = lines.filter((line) => {
    if (!pseudonyms.some((pseudonym) => line.includes(pseudonym))) return true;
    const fields = Papa.parse<string[]>(utf8(line), { delimiter: meta.delimiter }).data[0] ?? [];
    const isWhole = fields.length === names.length;
    const candidates = isWhole ? fields.slice(names.indexOf(column), names.indexOf(column) + 1) : fields;
    if (!candidates.some((field) => pseudonyms.includes(field))) return true;
    const [, id] = /^(\d{1,19})(?:-\d+)?$/.exec(fields[isWhole ? names.indexOf("id") : 0] ?? "") ?? [];
    if (!isTaken(id)) return true;
    rows.push(Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ""])));
    return false;
  });
  return { rows, rest: rows.length === 0 ? part : Buffer.from(rest.join(""), "latin1") };
}

/** Splits into lines with their breaks. A line with an open quote continues in the next, unless that starts like a row. */
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

function utf8(bytes = ""): string {
  return Buffer.from(bytes, "latin1").toString();
}
