import { setImmediate } from "node:timers/promises";
import {
  MAX_PAGE,
  type ListedObject,
  type ObjectStore,
  type StoredObject,
} from "../object-store/object-store.ts";

/** Parts read at a time, and so in memory: 256 KiB each. */
const READ_CONCURRENCY = 16;

/** One CSV file of a table, as listed. */
export interface Part extends ListedObject {
  number: number;
}

/** A part as it was listed, and as it was when it was read. */
export interface ReadPart {
  part: Part;
  object: StoredObject;
}

export function partKey(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(5, "0")}.csv`;
}

/**
 * The parts of a table in order of their numbers. From 100,000 on, keys sort differently.
 * @param prefix of the table; ends in "/"
 */
export async function listParts(store: ObjectStore, prefix: string): Promise<Part[]> {
  const parts: Part[] = [];
  for (let startAfter = ""; ;) {
    const page = await store.list(prefix, { startAfter });
    for (const object of page) {
      const digits = /\/(\d{5,})\.csv$/.exec(object.key)?.[1];
      if (digits !== undefined) parts.push({ ...object, number: Number(digits) });
    }
    if (page.length < MAX_PAGE) return parts.toSorted((a, b) => a.number - b.number);
    startAfter = page.at(-1)?.key ?? "";
  }
}

/** Reads parts in the given order. Skips parts that no longer exist, and lets other work use the thread after each. */
export async function* readParts(store: ObjectStore, parts: readonly Part[]): AsyncGenerator<ReadPart> {
  for (let from = 0; from < parts.length; from += READ_CONCURRENCY) {
    const slice = parts.slice(from, from + READ_CONCURRENCY);
    const found = await Promise.all(slice.map(async (part) => ({ part, object: await store.get(part.key) })));
    for (const { part, object } of found) {
      if (object === undefined) continue;
      yield { part, object };
      await setImmediate();
    }
  }
}
