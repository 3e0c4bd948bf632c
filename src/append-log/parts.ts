import { setImmediate } from "node:timers/promises";
import {
  listAll,
  type ListedObject,
  type ObjectStore,
  type StoredObject,
} from "../object-store/object-store.ts";

/** Maximum number of parts in memory at a time, of 256 KiB each. */
const READ_CONCURRENCY = 16;

/** One CSV file of a table, as listed. */
export interface Part extends ListedObject {
  number: number;
}

/** A part as it was listed, with its content at the time of reading, which may be newer. */
export interface ReadPart extends Part, Pick<StoredObject, "body" | "etag" | "note"> {}

/** Whether a part is listed as it was before, so that it need not be read again. */
export function isSamePart(before: Part | undefined, { size, modified }: Part): boolean {
  return before?.size === size && before.modified.getTime() === modified.getTime();
}

export function partKey(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(5, "0")}.csv`;
}

/**
 * Lists the parts of a table in order of their numbers. From 100,000 on, keys sort differently.
 * @param options.after leaves out the keys up to this one
 */
export async function listParts(
  store: ObjectStore,
  prefix: string,
  { after = "" }: { after?: string } = {},
): Promise<Part[]> {
  const parts = (await listAll(store, prefix, { after })).flatMap((object) => {
    const digits = /\/(\d{5,})\.csv$/.exec(object.key)?.[1];
    return digits === undefined ? [] : [{ ...object, number: Number(digits) }];
  });
  return parts.toSorted((a, b) => a.number - b.number);
}

/** Reads parts in the given order. Skips parts that no longer exist, and lets other work run after each. */
export async function* readParts(store: ObjectStore, parts: readonly Part[]): AsyncGenerator<ReadPart> {
  for (let from = 0; from < parts.length; from += READ_CONCURRENCY) {
    const slice = parts.slice(from, from + READ_CONCURRENCY);
    const objects = await Promise.all(slice.map(({ key }) => store.get(key)));
    for (const [index, part] of slice.entries()) {
      const stored = objects[index];
      if (stored === undefined) continue;
      const { body, etag, note } = stored;
      yield { ...part, body, etag, note };
      await setImmediate();
    }
  }
}
