import type { Row } from "./csv.ts";
import { isForgotten, readMark } from "./forget-marks.ts";
import { readNewest } from "./newest-forgetting.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Table } from "./part-sequence.ts";
import { snowflakeIn } from "./row-id.ts";

/** Those of the rows that must not be written, with the reason, before a PUT to the part with this number. */
type ForgottenRows = (rows: readonly Row[], part: number) => Promise<ReadonlyMap<Row, "forgotten" | Error>>;

/**
 * What one writer has to know of forgettings, which is seldom more than one look for each part: a forgetting leaves its
 * mark first and then seals the last part, and the one after it, so whoever has looked since the part is its last either
 * sees the mark or can write to that part no more.
 */
export function forgottenRows(store: ObjectStore, { person }: Pick<Table, "person">): ForgottenRows {
  let known: { part: number; newest: bigint } | undefined;

  async function newestAt(part: number): Promise<bigint> {
    if (known?.part !== part) known = { part, newest: await readNewest(store) };
    return known.newest;
  }

  return async (rows, part) => {
    const refused = new Map<Row, "forgotten" | Error>();
    if (person === undefined || rows.length === 0) return refused;
    const newest = await newestAt(part);
    const late = rows.filter(({ id }) => snowflakeIn(id) <= newest);
    const byPerson = Map.groupBy(late, (row) => row[person] ?? "");
    await Promise.all(
      Array.from(byPerson, async ([pseudonym, own]) => {
        const mark = await readMark(store, pseudonym);
        // Rows of others must not wait until somebody has mended this one's mark.
        if (mark instanceof Error) for (const row of own) refused.set(row, mark);
        else for (const row of own) if (isForgotten(row.id, mark)) refused.set(row, "forgotten");
      }),
    );
    return refused;
  };
}
