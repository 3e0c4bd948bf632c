import type { ObjectStore } from "../../object-store/object-store.ts";
import { idSnowflake, type Row } from "../csv.ts";
import { isErased, readWatermark, readTombstone } from "./tombstones.ts";

/** A row to append. */
export interface OwnedRow {
  row: Row;
  /** Name of the tombstone of the row's person; undefined if the row belongs to nobody. */
  tombstone: string | undefined;
  /** The id that erasures are compared with: the row's own, or that of the newest row that it is about (I18). */
  basis: string;
}

/**
 * Returns a function that finds, before a PUT to the part with this number, the rows that must not be written, each with the
 * reason. It reads the watermark once per part number (I11).
 */
export function erasedRows(store: ObjectStore) {
  /** As it was read for this part number. */
  let watermark: { part: number; id: bigint } | undefined;

  return async (rows: readonly OwnedRow[], part: number): Promise<ReadonlyMap<Row, "erased" | Error>> => {
    const refused = new Map<Row, "erased" | Error>();
    const owned = rows.filter(({ tombstone }) => tombstone !== undefined);
    if (owned.length === 0) return refused;
    if (watermark?.part !== part) watermark = { part, id: await readWatermark(store) };
    const { id: newest } = watermark;
    const late = owned.filter(({ basis }) => idSnowflake(basis) <= newest);
    const byPerson = Map.groupBy(late, ({ tombstone = "" }) => tombstone);
    await Promise.all(
      Array.from(byPerson, async ([tombstone, entries]) => {
        const found = await readTombstone(store, tombstone);
        for (const { row, basis } of entries) {
          // I16: an unreadable tombstone refuses the rows of this person only.
          if (found instanceof Error) refused.set(row, found);
          else if (isErased(basis, found)) refused.set(row, "erased");
        }
      }),
    );
    return refused;
  };
}
