import type { ObjectStore } from "../../object-store/object-store.ts";
import { idSnowflake, type Row } from "../csv.ts";
import { isErased, readNote, readTombstone } from "./tombstones.ts";

/** A row about to be written. */
interface OwnedRow {
  row: Row;
  /** Name of the person's tombstone; undefined if the row belongs to nobody. */
  tombstone: string | undefined;
}

/** Finds the rows that must not be written, each with the reason, before a PUT to the part with this number. */
type FindErased = (rows: readonly OwnedRow[], part: number) => Promise<ReadonlyMap<Row, "erased" | Error>>;

/**
 * Checks rows against tombstones before they are written. One read of the note per part is enough (I11): an erasure writes its
 * tombstone and the note before it seals the last part, so a writer either sees the note or can no longer write to that part.
 */
export function erasedRows(store: ObjectStore): FindErased {
  let note: { part: number; newest: bigint } | undefined;

  async function noteFor(part: number): Promise<bigint> {
    if (note?.part !== part) note = { part, newest: await readNote(store) };
    return note.newest;
  }

  return async (rows, part) => {
    const refused = new Map<Row, "erased" | Error>();
    const owned = rows.filter(({ tombstone }) => tombstone !== undefined);
    if (owned.length === 0) return refused;
    const newest = await noteFor(part);
    const late = owned.filter(({ row }) => idSnowflake(row.id) <= newest);
    const byPerson = Map.groupBy(late, ({ tombstone = "" }) => tombstone);
    await Promise.all(
      Array.from(byPerson, async ([tombstone, entries]) => {
        const found = await readTombstone(store, tombstone);
        for (const { row } of entries) {
          // I16: an unreadable tombstone refuses the rows of this person only.
          if (found instanceof Error) refused.set(row, found);
          else if (isErased(row.id, found)) refused.set(row, "erased");
        }
      }),
    );
    return refused;
  };
}
