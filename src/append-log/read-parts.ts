import type { ObjectStore, StoredObject } from "../object-store/object-store.ts";
import type { Part } from "./parts.ts";

/** Parts fetched at a time: so many are in memory, of 256 KiB each. */
const AT_A_TIME = 16;

/** A part as it was listed, and as it was when it was read. */
export interface ReadPart {
  part: Part;
  object: StoredObject;
}

/** These parts in their order, but for those that are gone. */
export async function* readParts(store: ObjectStore, parts: readonly Part[]): AsyncGenerator<ReadPart> {
  for (let from = 0; from < parts.length; from += AT_A_TIME) {
    const found = await Promise.all(
      parts.slice(from, from + AT_A_TIME).map(async (part) => ({ part, object: await store.get(part.key) })),
    );
    for (const { part, object } of found) if (object !== undefined) yield { part, object };
  }
}
