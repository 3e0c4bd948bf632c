import type { AppendOptions } from "../append-log/append-log.ts";
import { idSnowflake } from "../append-log/csv.ts";
import type { Label } from "../labeling/question.ts";
import { prefixedStore, type ObjectStore } from "../object-store/object-store.ts";
import { newSnowflake } from "../platform/snowflake.ts";
import { currentGold, goldFile, type GoldRow } from "./gold-file.ts";

/** Rows that are appended at a time, so that a part stays small enough to be read at once. */
const ROWS_PER_APPEND = 1_000;

interface Options extends AppendOptions {
  /** No more rows are written after it is aborted. */
  signal: AbortSignal;
}

/**
 * Makes images gold, by name, and leaves those that have this label already. Each row replaces those that are in the store before
 * the call, whatever the clocks say. Can be interrupted and repeated.
 * @param prefix of the project's keys
 * @returns the numbers of images whose gold answer changed, and that had it already
 */
export async function addGold(
  store: ObjectStore,
  prefix: string,
  labels: ReadonlyMap<string, Label>,
  { signal, ...options }: Options,
): Promise<{ changed: number; same: number }> {
  const own = prefixedStore(store, prefix);
  const file = goldFile(own, options);
  const before = await currentGold(own, options.log).read();
  const id = idAfter(before.values(), newSnowflake(options.now(), options.random));
  const rows = [...labels]
    .filter(([image, label]) => before.get(image)?.label !== label)
    .map(([image, label], index): GoldRow => ({ id: `${id}-${index + 1}`, image, label }));
  let changed = 0;
  for (let from = 0; from < rows.length && !signal.aborted; from += ROWS_PER_APPEND) {
    const some = rows.slice(from, from + ROWS_PER_APPEND);
    await Promise.all(some.map((row) => file.set(row)));
    changed += some.length;
  }
  return { changed, same: labels.size - rows.length };
}

/** Returns this id, or the smallest one that is greater than the ids of all rows. */
function idAfter(rows: Iterable<GoldRow>, id: string): string {
  let greatest = BigInt(id);
  for (const row of rows) {
    const snowflake = idSnowflake(row.id);
    if (snowflake >= greatest) greatest = snowflake + 1n;
  }
  return String(greatest);
}
