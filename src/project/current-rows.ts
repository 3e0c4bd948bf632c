import { compareIds, idSnowflake } from "../append-log/csv.ts";
import { isSamePart, listParts, partKey, readParts, type Part } from "../append-log/parts.ts";
import { unsealed } from "../append-log/seal.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { asyncCache } from "../platform/async-cache.ts";
import type { Log } from "../platform/log.ts";

/** A small table in which later rows replace earlier ones about the same thing. */
interface ReplacingTable<Row> {
  prefix: string;
  /** Reads the rows of a part; undefined for those that cannot be used. */
  rowsIn: (part: Buffer) => (Row | undefined)[];
  /** What a row is about. */
  subjectOf: (row: Row) => string;
}

/** The row with the greatest id of each subject. */
export interface CurrentRows<Row> {
  /** Includes all rows that were durable before the call. Returns the same map until something changes. */
  read(): Promise<ReadonlyMap<string, Row>>;
  /** Like `read`, but as if rows with this snowflake or a greater one did not exist. */
  readUntil(until: bigint): Promise<ReadonlyMap<string, Row>>;
}

/**
 * Reads the current rows of a table, and only parts that have changed. Keeps all rows in memory. Create one per process.
 * @param store the project's own
 */
export function currentRows<Row extends { id: string }>(
  store: ObjectStore,
  { prefix, rowsIn, subjectOf }: ReplacingTable<Row>,
  log?: Log,
): CurrentRows<Row> {
  let known = new Map<string, { part: Part; rows: Row[] }>();
  let current: ReadonlyMap<string, Row> = new Map();
  let isEmpty = false;

  async function update(): Promise<ReadonlyMap<string, Row>> {
    // Cheaper than a list. The first part of a table always has this key.
    const first = partKey(prefix, 0);
    if (isEmpty && (await store.head(first, { probablyAbsent: true })) === undefined) return current;
    const listed = await listParts(store, prefix);
    isEmpty = listed.length === 0;
    const changed = listed.filter((part) => !isSamePart(known.get(part.key)?.part, part));
    if (changed.length === 0 && listed.length === known.size) return current;
    const read = new Map<string, { part: Part; rows: Row[] }>();
    for await (const { body, ...part } of readParts(store, changed))
      read.set(part.key, { part, rows: usableRows(part, body) });
    known = new Map(
      listed.flatMap(({ key }) => {
        const held = read.get(key) ?? known.get(key);
        return held === undefined ? [] : [[key, held] as const];
      }),
    );
    current = latest(allRows());
    return current;
  }

  function allRows(): IteratorObject<Row> {
    return known.values().flatMap(({ rows }) => rows);
  }

  function usableRows({ key }: Part, body: Buffer): Row[] {
    const all = rowsIn(unsealed(body));
    const rows = all.filter((row) => row !== undefined);
    const unreadable = all.length - rows.length;
    if (unreadable > 0) log?.warn({ part: key, unreadable }, "rows that cannot be read do not count");
    return rows;
  }

  function latest(rows: Iterable<Row>): ReadonlyMap<string, Row> {
    const bySubject = new Map<string, Row>();
    for (const row of rows) {
      const before = bySubject.get(subjectOf(row));
      if (before === undefined || compareIds(before.id, row.id) < 0) bySubject.set(subjectOf(row), row);
    }
    return bySubject;
  }

  // A read under way may have passed a row that the next caller has to see.
  const reads = asyncCache<ReadonlyMap<string, Row>>({ share: "next" });
  const read = (): Promise<ReadonlyMap<string, Row>> => reads.load("all", update);
  return {
    read,
    async readUntil(until) {
      await read();
      return latest(allRows().filter(({ id }) => idSnowflake(id) < until));
    },
  };
}
