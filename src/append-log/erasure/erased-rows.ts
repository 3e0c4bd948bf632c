import type { Row } from "../csv.ts";
import { isForgotten, readMark } from "./tombstones.ts";
import { readNewest } from "./newest-erasure.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { snowflakeIn } from "../row-id.ts";

/** A row about to be written. */
interface OwnedRow {
  row: Row;
  /** Names the tombstone of the person whose row it is; undefined for a row that is nobody's. */
  tombstone: string | undefined;
}

/** Finds the rows that must not be written, with the reason, before a PUT to the part with this number. */
type ErasedRows = (rows: readonly OwnedRow[], part: number) => Promise<ReadonlyMap<Row, "erased" | Error>>;

/**
 * What one writer has to know of forgettings, which is seldom more than one look for each part: a forgetting leaves its
 * mark first and then seals the last part, and the one after it, so whoever has looked since the part is its last either
 * sees the mark or can write to that part no more.
 */
export function erasedRows(store: ObjectStore): ErasedRows {
  let known: { part: number; newest: bigint } | undefined;

  async function newestAt(part: number): Promise<bigint> {
    if (known?.part !== part) known = { part, newest: await readNewest(store) };
    return known.newest;
  }

  return async (rows, part) => {
    const refused = new Map<Row, "erased" | Error>();
    const owned = rows.filter(({ tombstone }) => tombstone !== undefined);
    if (owned.length === 0) return refused;
    const newest = await newestAt(part);
    const late = owned.filter(({ row }) => snowflakeIn(row.id) <= newest);
    const byPerson = Map.groupBy(late, ({ tombstone = "" }) => tombstone);
    await Promise.all(
      Array.from(byPerson, async ([tombstone, entries]) => {
        const own = entries.map(({ row }) => row);
        const mark = await readMark(store, tombstone);
        // Rows of others must not wait until somebody has mended this one's mark.
        if (mark instanceof Error) for (const row of own) refused.set(row, mark);
        else for (const row of own) if (isForgotten(row.id, mark)) refused.set(row, "erased");
      }),
    );
    return refused;
  };
}
