import { snowflakeTime } from "../domain/snowflake.ts";
import { completed, headerLine, idsOf, rowLine, type Row } from "./csv.ts";
import { MAX_PAGE, type ListedObject, type ObjectStore } from "./object-store.ts";

/** A part that has reached this many bytes is closed: the next row begins another. */
export const PART_SIZE = 256 * 1024;

/** Clocks differ: Discord's, which made the id, and the store's, which tells when a part was modified. Milliseconds. */
const CLOCK_SLACK = 60_000;

/** Closed parts whose ids are kept at hand, about 1,700 ids each; others are read again when they matter. */
const REMEMBERED_PARTS = 128;

/** The part with the highest number, the only one that is appended to. */
interface LastPart {
  number: number;
  /** undefined while the store has no such object */
  etag: string | undefined;
  body: Buffer;
  ids: Set<string>;
  /** Milliseconds since 1970. */
  modified: number;
}

export interface PartSequence {
  /** Looks at the store anew: at first, and after a failed append, when nobody knows who wrote what. */
  refresh(): Promise<void>;
  /** Those of the rows whose id is in no part. */
  missing(rows: readonly Row[]): Promise<Row[]>;
  /**
   * Appends with one conditional PUT of less than one part and these rows.
   * @throws ConditionFailedError when another writer was faster. After any error the rows may be there: refresh and look.
   */
  append(rows: readonly Row[]): Promise<void>;
}

export interface Table {
  /** Of the parts' keys; ends in "/". */
  prefix: string;
  columns: readonly string[];
}

/** A table in CSV parts `<prefix>00000.csv`, `<prefix>00001.csv` …, as one of any number of writers sees it; `now` in milliseconds since 1970. */
export function partSequence(
  store: ObjectStore,
  { prefix, columns }: Table,
  now: () => number,
): PartSequence {
  const header = headerLine(columns);
  const closed = closedParts();
  let last: LastPart | undefined;

  const keyOf = (number: number): string => `${prefix}${String(number).padStart(5, "0")}.csv`;
  const empty = (number: number): LastPart => ({
    number,
    etag: undefined,
    body: header,
    ids: new Set(),
    modified: 0,
  });

  async function load(number: number): Promise<LastPart | undefined> {
    const found = await store.get(keyOf(number));
    if (found === undefined) return undefined;
    const { etag, body, modified } = found;
    const rows = body.length === 0 ? header : completed(body);
    return { number, etag, body: rows, ids: idsOf(body), modified: modified.getTime() };
  }

  async function findLast(): Promise<LastPart> {
    let number = 0;
    for await (const { key, modified } of allBelow(store, prefix)) {
      const found = numberOf(key);
      if (found === undefined) continue;
      number = Math.max(number, found);
      closed.add(found, modified.getTime());
    }
    return (await load(number)) ?? empty(number);
  }

  async function followingLast(from: LastPart): Promise<LastPart> {
    let current = from.number;
    for (;;) {
      const [same, next] = await Promise.all([load(current), load(current + 1)]);
      if (same === undefined) return findLast();
      if (next === undefined) return same;
      closed.add(current, same.modified, same.ids);
      current += 1;
    }
  }

  async function idsOfClosed(number: number): Promise<Set<string>> {
    const ids = closed.ids(number) ?? (await load(number))?.ids ?? new Set();
    closed.remember(number, ids);
    return ids;
  }

  /** Walks back only to parts modified after the row came to be: it cannot be in an older one. */
  async function has(id: string, { number, ids }: LastPart): Promise<boolean> {
    if (ids.has(id)) return true;
    const since = snowflakeTime(id).getTime() - CLOCK_SLACK;
    for (let part = number - 1; part >= 0 && closed.modified(part) >= since; part -= 1) {
      if ((await idsOfClosed(part)).has(id)) return true;
    }
    return false;
  }

  return {
    async refresh() {
      last = last === undefined ? await findLast() : await followingLast(last);
    },

    async missing(rows) {
      if (last === undefined) throw new Error("refresh first");
      const found: Row[] = [];
      for (const row of rows) if (!(await has(row.id, last))) found.push(row);
      return found;
    },

    async append(rows) {
      if (last === undefined) throw new Error("refresh first");
      const full = last.body.length >= PART_SIZE;
      const part = full ? empty(last.number + 1) : last;
      const body = Buffer.concat([part.body, ...rows.map((row) => rowLine(columns, row))]);
      const condition = part.etag === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: part.etag };
      const etag = await store.put(keyOf(part.number), body, {
        condition,
        contentType: "text/csv; charset=utf-8",
      });
      if (full) closed.add(last.number, last.modified, last.ids);
      for (const { id } of rows) part.ids.add(id);
      last = { ...part, etag, body, modified: now() };
    },
  };
}

function numberOf(key: string): number | undefined {
  const digits = /\/(\d{5,})\.csv$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

interface ClosedParts {
  add(number: number, modified: number, ids?: Set<string>): void;
  remember(number: number, ids: Set<string>): void;
  ids(number: number): Set<string> | undefined;
  /** Milliseconds since 1970; of a part nobody has told of, Infinity: it must be looked into. */
  modified(number: number): number;
}

function closedParts(): ClosedParts {
  const modified = new Map<number, number>();
  const remembered = new Map<number, Set<string>>();

  function remember(number: number, ids: Set<string>): void {
    remembered.delete(number);
    remembered.set(number, ids);
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED_PARTS && oldest !== undefined) remembered.delete(oldest);
  }

  return {
    add(number, time, ids) {
      modified.set(number, time);
      if (ids !== undefined) remember(number, ids);
    },
    remember,
    ids: (number) => remembered.get(number),
    modified: (number) => modified.get(number) ?? Number.POSITIVE_INFINITY,
  };
}

async function* allBelow(store: ObjectStore, prefix: string): AsyncGenerator<ListedObject> {
  let startAfter = "";
  for (;;) {
    const page = await store.list(prefix, { startAfter });
    yield* page;
    if (page.length < MAX_PAGE) return;
    startAfter = page.at(-1)?.key ?? "";
  }
}
