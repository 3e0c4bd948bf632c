import { readTombstone } from "../append-log/erasure/tombstones.ts";
import { idSnowflake } from "../append-log/csv.ts";
import { listAll, type ObjectStore } from "../object-store/object-store.ts";
import { PEOPLE_PREFIX } from "./project.ts";
import type { SharedNames } from "./pseudonyms.ts";

/** Maximum number of markers in memory. A marker that was dropped is written again with the next row of its person. */
const MAX_KNOWN_MARKERS = 50_000;

/**
 * The markers `people/<person>/<project id>` of who has rows in which projects, other than the built-in one. A marker is written before
 * the person's first row there and stays until the project is deleted, so that `/forget-me` and `/my-data` visit only these projects.
 */
export interface People {
  /**
   * Marks that the person has rows in the project, before a row is written. docs/design/append-log.md ("Several projects") says why no
   * erasure misses a project.
   * @param rowId starts with a snowflake
   * @returns "erased" if the person has asked for erasure since the row's id was made
   * @throws Error if the tombstone cannot be read
   */
  admit(person: SharedNames, project: string, rowId: string): Promise<"admitted" | "erased">;
  /** Ids of the projects in which the person may have rows, in no order. */
  projectsOf(person: SharedNames): Promise<string[]>;
  /** Removes all markers of a deleted project. Lists everybody's markers. */
  forgetProject(project: string): Promise<void>;
}

/** Create one per process. @param store the whole store */
export function people(store: ObjectStore, { maxKnown = MAX_KNOWN_MARKERS } = {}): People {
  /** By key of the marker: the greatest id that was erased when the marker was written. */
  const known = new Map<string, Promise<bigint>>();

  async function mark(key: string, tombstone: string): Promise<bigint> {
    await store.put(key, Buffer.alloc(0), { contentType: "text/plain" });
    const found = await readTombstone(store, tombstone);
    if (found instanceof Error) throw found;
    return BigInt(found?.upTo ?? 0);
  }

  /** Writes the marker, once per process. */
  function markOnce(key: string, tombstone: string): Promise<bigint> {
    const before = known.get(key);
    if (before !== undefined) return before;
    const marked = mark(key, tombstone);
    known.set(key, marked);
    marked.catch(() => known.delete(key));
    const [oldest = ""] = known.keys();
    if (known.size > maxKnown) known.delete(oldest);
    return marked;
  }

  return {
    async admit({ marker, tombstone }, project, rowId) {
      const erasedUpTo = await markOnce(`${PEOPLE_PREFIX}${marker}/${project}`, tombstone);
      return idSnowflake(rowId) <= erasedUpTo ? "erased" : "admitted";
    },

    async projectsOf({ marker }) {
      const folder = `${PEOPLE_PREFIX}${marker}/`;
      return (await listAll(store, folder)).map(({ key }) => key.slice(folder.length));
    },

    async forgetProject(project) {
      const markers = await listAll(store, PEOPLE_PREFIX);
      for (const { key } of markers) if (key.endsWith(`/${project}`)) await store.delete(key);
    },
  };
}
