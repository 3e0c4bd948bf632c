import { listParts, partKey, readParts, type Part } from "../../append-log/parts.ts";
import { hashIndex, type HashIndex } from "../../images/near-duplicates/hash-index.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { HASH_TABLE, hashedImagesIn } from "./hash-table.ts";
import { imageKeys, type ImageKeys } from "./image-keys.ts";

/** Parts with higher numbers do not sort by their keys. */
const MAX_SORTED = 99_999;

/** What is in memory of the hash table of a project: about 50 bytes for each image. */
export interface KnownHashes extends Pick<HashIndex, "size" | "find">, Pick<ImageKeys, "has" | "key"> {
  /** Reads the rows that were written since the last call. Do not call it again before it has ended. */
  refresh(): Promise<void>;
}

/** @param store the project's own */
export function knownHashes(store: ObjectStore): KnownHashes {
  const index = hashIndex();
  const keys = imageKeys();
  /** The last part that was read, its size, and the number of its rows. */
  let last = { number: 0, size: 0, rows: 0 };

  /** Lists the parts from the last one on. Those before it get no more rows (I3). */
  async function listNew(): Promise<Part[]> {
    const { prefix } = HASH_TABLE;
    const isSorted = last.number > 0 && last.number <= MAX_SORTED;
    const parts = await listParts(store, prefix, isSorted ? { after: partKey(prefix, last.number - 1) } : {});
    return parts.filter(
      ({ number, size }) => number > last.number || (number === last.number && size !== last.size),
    );
  }

  function addRows(number: number, body: Buffer): void {
    const rows = hashedImagesIn(body);
    for (const hashed of rows.slice(number === last.number ? last.rows : 0)) {
      // Two processes may have written a row for the same image. Both have the same hash.
      if (hashed !== undefined && keys.add(hashed.image)) index.add(hashed.hash);
    }
    last = { number, size: body.length, rows: rows.length };
  }

  return {
    get size() {
      return index.size;
    },
    find: (probes) => index.find(probes),
    has: (image) => keys.has(image),
    key: (entry) => keys.key(entry),

    async refresh() {
      for await (const { number, body } of readParts(store, await listNew())) addRows(number, body);
    },
  };
}
