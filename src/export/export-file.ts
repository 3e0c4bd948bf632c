import { headerLine, rowLine } from "../append-log/csv.ts";

/** A file of an export. Its text is generated while it is written. */
export interface ExportFile {
  /** Path within the export, with slashes between folders. */
  name: string;
  contentType: string;
  text: Iterable<string> | AsyncIterable<string>;
}

/** Characters. Large enough to make writes cheap, and small enough to keep many chunks in memory. */
const CHUNK_LENGTH = 256 * 1024;

/** Encodes the file's text in chunks of about 256 KiB. */
export async function* bytesOf({ text }: Pick<ExportFile, "text">): AsyncGenerator<Buffer> {
  let pieces: string[] = [];
  let length = 0;
  for await (const piece of text) {
    pieces.push(piece);
    length += piece.length;
    if (length < CHUNK_LENGTH) continue;
    yield Buffer.from(pieces.join(""));
    pieces = [];
    length = 0;
  }
  yield Buffer.from(pieces.join(""));
}

/** Makes a CSV file with a header line and one line per row. */
export function csvFile<Column extends string>(
  name: string,
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, string>>>,
): ExportFile {
  function* lines(): Generator<string> {
    yield headerLine(columns).toString();
    for (const row of rows) yield rowLine(columns, row).toString();
  }
  return { name, contentType: "text/csv", text: lines() };
}

/** Formats a share from 0 to 1 with four digits. Further digits would differ between machines. */
export function formatShare(value: number): string {
  return value.toFixed(4);
}

/** The address of an image, for formats that do not contain its bytes. @param imagesAt address of the folder of images */
export function imageAddress(imagesAt: string, image: string): string {
  return /[/=]$/.test(imagesAt) ? `${imagesAt}${image}` : `${imagesAt}/${image}`;
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for the content or an attribute of XML and HTML. Characters that XML does not allow become spaces. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, " ")
    .replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? "");
}
