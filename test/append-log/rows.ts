import Papa from "papaparse";
import type { ObjectStore } from "../../src/object-store/object-store.ts";

const EPOCH = 1_420_070_400_000;
let count = 0;

/** A unique snowflake of this time. */
export function newId(time = Date.now()): string {
  count += 1;
  return String((BigInt(time - EPOCH) << 22n) + BigInt(count % 4_194_304));
}

export interface Part {
  key: string;
  header: string[];
  rows: string[][];
}

/** All parts below a prefix, read like a strict CSV reader. */
export async function partsOf(store: ObjectStore, prefix: string): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { key } of await store.list(prefix)) {
    const text = (await store.get(key))?.body.toString() ?? "";
    parts.push({ key, ...readPart(text) });
  }
  return parts;
}

/** @throws if the text is not RFC 4180 CSV whose rows all have as many fields as its header */
export function readPart(text: string): Omit<Part, "key"> {
  if (!text.endsWith("\r\n")) throw new Error(`a torn line: ${JSON.stringify(text.slice(-100))}`);
  const { data, errors } = Papa.parse<string[]>(text.slice(0, -2), { newline: "\r\n", delimiter: "," });
  const [header = [], ...rows] = data;
  const wrong = rows.filter((row) => row.length !== header.length);
  if (errors.length > 0 || wrong.length > 0) throw new Error(`not CSV: ${JSON.stringify([errors, wrong])}`);
  return { header, rows };
}

export async function idsIn(store: ObjectStore, prefix: string): Promise<string[]> {
  return (await partsOf(store, prefix)).flatMap(({ rows }) => rows.map(([id = ""]) => id));
}
