/** A file of an export whose bytes are made while it is written. */
export interface ExportFile {
  /** Within the export; folders are parted by a slash. */
  name: string;
  contentType: string;
  text: Iterable<string> | AsyncIterable<string>;
}

/** Bytes that are handed on at once: enough that a write costs little, few enough that many fit into memory. */
const CHUNK = 256 * 1024;

/** The bytes of the file, some at a time. */
export async function* bytesOf({ text }: Pick<ExportFile, "text">): AsyncGenerator<Buffer> {
  let gathered: string[] = [];
  let length = 0;
  for await (const piece of text) {
    gathered.push(piece);
    length += piece.length;
    if (length < CHUNK) continue;
    yield Buffer.from(gathered.join(""));
    gathered = [];
    length = 0;
  }
  yield Buffer.from(gathered.join(""));
}

/** A share from 0 to 1 as it stands in every format: where it ends, the last digits of different machines' sums would begin. */
export function share(value: number): string {
  return value.toFixed(4);
}
