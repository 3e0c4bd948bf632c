import type { ObjectStore } from "../object-store/object-store.ts";
import { idTime, rowsIn } from "./csv.ts";
import { CLOCK_SLACK_MS, type Table } from "./part-sequence.ts";
import { listParts, readParts } from "./parts.ts";

/**
 * Reads the row with this id. Parts that were complete before the id was made are not read (I9). The others are read from the oldest,
 * because most rows are in the part that was the last one when their id was made.
 */
export async function findRow(
  store: ObjectStore,
  { prefix }: Pick<Table, "prefix">,
  id: string,
): Promise<Record<string, string> | undefined> {
  const since = idTime(id) - CLOCK_SLACK_MS;
  const parts = (await listParts(store, prefix)).filter(({ modified }) => modified.getTime() >= since);
  for await (const { body } of readParts(store, parts)) {
    const found = body.includes(id) ? rowsIn(body).find((row) => row["id"] === id) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
