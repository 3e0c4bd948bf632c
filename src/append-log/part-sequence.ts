import { closedParts } from "./closed-parts.ts";
import type { IdCache } from "./id-cache.ts";
import { completed, headerLine, idsOf, rowLine, type Row } from "./csv.ts";
import type { ObjectStore, StoredObject } from "../object-store/object-store.ts";
import { listParts, partKey } from "./parts.ts";
import { isSealed } from "./seal.ts";

/** Bytes from which a part is full, so that the next row starts another part. */
export const PART_SIZE = 256 * 1024;

/** Milliseconds by which the clocks of Discord, the store and this machine may differ (I9). */
export const CLOCK_SLACK_MS = 60_000;

const LINE_END = 0x0a;

/** The part with the highest number, which is the only one that is appended to (I2). */
interface LastPart {
  number: number;
  /** undefined while the store has no such object. */
  stored: StoredObject | undefined;
  /** With a header, and a line break at the end. */
  body: Buffer;
  ids: Set<string>;
  /** Milliseconds since 1970. */
  modified: number;
}

export interface Table {
  /** Prefix of the parts' keys; ends in "/". */
  prefix: string;
  columns: readonly string[];
  /** Bytes from which a part is full, the same for all writers. Default: PART_SIZE. */
  partSize?: number;
}

interface PartOptions {
  /** Returns milliseconds since 1970. */
  now: () => number;
  /** By default the view has a separate cache. */
  ids?: IdCache | undefined;
}

/** Whether a part gets no more rows. It stays full when rows are removed, because it is sealed then (I3). */
function isFullPart(body: Buffer, partSize = PART_SIZE): boolean {
  return body.length >= partSize || isSealed(body);
}

/**
 * Whether an append wrote this version, and the next row goes to the same part. Then the part has no successor, because only a full
 * part gets one; and a version with a note was written by an append, so no editor has made the part shorter.
 */
export function isGrowing({ body, note }: Pick<StoredObject, "body" | "note">): boolean {
  return note !== undefined && !isFullPart(body);
}

/** The ids of a part. Reads only what was added, if the part begins as it was before. */
function idsIn(part: Buffer, before: LastPart | undefined): Set<string> {
  const start = before?.stored?.body;
  const isLonger = start?.at(-1) === LINE_END && part.subarray(0, start.length).equals(start);
  return before !== undefined && start !== undefined && isLonger
    ? new Set([...before.ids, ...idsOf(part.subarray(start.length))])
    : new Set(idsOf(part));
}

export type PartSequence = ReturnType<typeof partSequence>;

/** One writer's view of a table in CSV parts, `<prefix>00000.csv`, `<prefix>00001.csv` and so on. */
export function partSequence(
  store: ObjectStore,
  { prefix, columns, partSize = PART_SIZE }: Table,
  { now, ids }: PartOptions,
) {
  const header = headerLine(columns);
  const closed = closedParts(CLOCK_SLACK_MS, ids);
  let last: LastPart | undefined;

  const isFull = (body: Buffer): boolean => isFullPart(body, partSize);

  function empty(number: number): LastPart {
    return { number, stored: undefined, body: header, ids: new Set(), modified: 0 };
  }

  /** Reads a part. If it has not changed since `before` was read, resolves with that same object. */
  async function load(number: number, before?: LastPart): Promise<LastPart | undefined> {
    const stored = await store.get(partKey(prefix, number), { unless: before?.stored });
    if (stored === undefined) return undefined;
    if (stored === before?.stored) return before;
    const { body, modified } = stored;
    const rows = body.length === 0 ? header : completed(body);
    return { number, stored, body: rows, ids: idsIn(body, before), modified: modified.getTime() };
  }

  async function findLast(): Promise<LastPart> {
    const parts = await listParts(store, prefix);
    const number = parts.at(-1)?.number ?? 0;
    for (const { number, modified } of parts.slice(0, -1))
      closed.add({ number, modified: modified.getTime() });
    return (await load(number)) ?? empty(number);
  }

  async function findLastFrom(before: LastPart): Promise<LastPart> {
    const from = before.number;
    const [same, next] = await Promise.all([load(from, before), load(from + 1)]);
    if (same === undefined) return findLast();
    if (next === undefined) return same;
    // I4: this read may have been before the part was full, although its successor exists.
    const full = isFull(same.body) ? same : await load(from);
    if (full === undefined) return findLast();
    closed.add(full);
    // If the next read fails, the retry continues here.
    last = full;
    return findLastFrom(next);
  }

  function known(): LastPart {
    if (last === undefined) throw new Error("refresh first");
    return last;
  }

  /** Reads the store again: at first, and after a failed append (I6). */
  async function refresh(): Promise<void> {
    last = last === undefined ? await findLast() : await findLastFrom(last);
  }

  /** Number of the part that the next rows go to, as far as this view knows. */
  function target(): number {
    const { number, body } = known();
    return isFull(body) ? number + 1 : number;
  }

  return {
    target,

    refresh,

    /**
     * Looks whether another writer has committed since, with one GET as a rule. A part that is not full has no successor, because
     * only a full one gets one; and a version with a note, its ring, was written by an append, so no editor has made the part shorter.
     */
    async look(): Promise<void> {
      const before = known();
      const found = isFull(before.body) ? undefined : await load(before.number, before);
      if (found?.stored?.note === undefined || isFull(found.body)) await refresh();
      else last = found;
    },

    /** The version of the last part that this view shows; undefined as long as the table has no part. */
    version: (): StoredObject | undefined => last?.stored,

    /** The number of the last part that this view shows; undefined until it was read. */
    number: (): number | undefined => last?.number,

    /** Resolves with the rows whose id is in no part (I8). */
    async missing(rows: readonly Row[]): Promise<Row[]> {
      const { ids } = known();
      const candidates = rows.filter(({ id }) => !ids.has(id));
      if (candidates.length === 0) return [];
      const left = await closed.missing(
        candidates.map(({ id }) => id),
        async (number) => (await load(number))?.ids ?? new Set(),
      );
      return candidates.filter(({ id }) => left.has(id));
    },

    /**
     * Appends rows with one conditional PUT, of less than one part plus these rows.
     * @param note the ring, which goes with the new version of the part
     * @param inTime may reject before the PUT has settled; what the PUT does later does not change the view
     * @throws ConditionFailedError when another writer was faster. After any error the rows may be in the store (I6).
     */
    async append(
      rows: readonly Row[],
      note: string,
      inTime: <T>(put: Promise<T>) => Promise<T>,
    ): Promise<void> {
      const current = known();
      const full = target() !== current.number;
      const part = full ? empty(target()) : current;
      const body = Buffer.concat([part.body, ...rows.map((row) => rowLine(columns, row))]);
      const { etag: ifMatch } = part.stored ?? {};
      const condition = ifMatch === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch };
      const etag = await inTime(
        store.put(partKey(prefix, part.number), body, {
          condition,
          contentType: "text/csv; charset=utf-8",
          note,
        }),
      );
      if (full) closed.add(current);
      for (const { id } of rows) part.ids.add(id);
      const modified = now();
      last = { ...part, stored: { body, etag, note, modified: new Date(modified) }, body, modified };
    },
  };
}
