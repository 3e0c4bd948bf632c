import type { AppendLog, SeenPart } from "../../append-log/append-log.ts";
import { isGrowing } from "../../append-log/part-sequence.ts";
import { listParts, partKey, readParts, type Part } from "../../append-log/parts.ts";
import { hashIndex, type HashIndex } from "../../images/near-duplicates/hash-index.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { HASH_TABLE, hashedImagesIn } from "./hash-table.ts";
import { imageKeys, type ImageKeys } from "./image-keys.ts";

/** Parts with higher numbers do not sort by their keys. */
const MAX_SORTED = 99_999;

const LINE_END = 0x0a;

/** What is in memory of the hash table of a project: about 50 bytes for each image, and the last part. */
export interface KnownHashes extends Pick<HashIndex, "size" | "find">, Pick<ImageKeys, "has" | "key"> {
  /** Reads the rows that were written since the last call. Do not call it again before it has ended. */
  refresh(): Promise<void>;
  /** Adds the rows that this process has written since. Returns false if it takes a `refresh` to know them. */
  addOwn(): boolean;
}

/**
 * @param store the project's own
 * @param table this process's writer, which knows the rows that it has written
 */
export function knownHashes(store: ObjectStore, table: Pick<AppendLog, "lastSeen">): KnownHashes {
  const { prefix } = HASH_TABLE;
  const index = hashIndex();
  const keys = imageKeys();
  /** The last part that was read. */
  let last: SeenPart | undefined;
  /** The version of this process's last part whose rows are known. */
  let knownOwn: SeenPart["stored"] | undefined;

  /** Lists the parts from the last one on. Those before it get no more rows (I3). */
  async function listNew(): Promise<Part[]> {
    if (last === undefined) return listParts(store, prefix);
    const { number: from, stored } = last;
    const isSorted = from > 0 && from <= MAX_SORTED;
    const parts = await listParts(store, prefix, isSorted ? { after: partKey(prefix, from - 1) } : {});
    return parts.filter(
      ({ number, size }) => number > from || (number === from && size !== stored.body.length),
    );
  }

  /** Adds the rows of a part, and reads only what was added to the version before. */
  function add(part: SeenPart): void {
    const { body } = part.stored;
    const before = part.number === last?.number ? last.stored.body : undefined;
    // Two processes may have written a row for the same image. Both have the same hash.
    for (const hashed of hashedImagesIn(before === undefined ? body : addedRows(body, before)))
      if (hashed !== undefined && keys.add(hashed.image)) index.add(hashed.hash);
    last = part;
  }

  /** Adds what this process has written since, if nothing lies in between. */
  function addOwn(): boolean {
    const own = table.lastSeen();
    if (own?.stored === knownOwn) return true;
    if (own?.number !== last?.number || own === undefined || last === undefined) return false;
    if (!startsWith(own.stored.body, last.stored.body)) return false;
    add(own);
    knownOwn = own.stored;
    return true;
  }

  /**
   * Looks with one GET whether another process has added rows, as the writer does.
   * @returns whether all rows are known now
   */
  async function look(): Promise<boolean> {
    addOwn();
    if (last === undefined || !isGrowing(last.stored)) return false;
    const { number, stored: before } = last;
    const stored = await store.get(partKey(prefix, number), { unless: before });
    if (stored === undefined) return false;
    if (stored !== before) add({ number, stored });
    return isGrowing(stored);
  }

  return {
    get size() {
      return index.size;
    },
    find: (probes) => index.find(probes),
    has: (image) => keys.has(image),
    key: (entry) => keys.key(entry),
    addOwn,

    async refresh() {
      const own = table.lastSeen();
      if (!(await look()))
        for await (const stored of readParts(store, await listNew())) add({ number: stored.number, stored });
      knownOwn = own?.stored;
    },
  };
}

/** The rows that a version of a part has beside those of the one before, below the header. All of them if it begins differently. */
function addedRows(body: Buffer, before: Buffer): Buffer {
  if (!startsWith(body, before) || before.at(-1) !== LINE_END) return body;
  return Buffer.concat([body.subarray(0, body.indexOf(LINE_END) + 1), body.subarray(before.length)]);
}

function startsWith(body: Buffer, start: Buffer): boolean {
  return body.subarray(0, start.length).equals(start);
}
