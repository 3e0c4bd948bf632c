import { setImmediate } from "node:timers/promises";
import pLimit from "p-limit";
import { objectChanger, type ChangeOptions } from "./change-object.ts";
import { headerLine } from "./csv.ts";
import { forgetMarks, type Counted } from "./forget-marks.ts";
import { LABELS } from "./label-file.ts";
import type { ObjectStore } from "./object-store.ts";
import { newestForgetting } from "./newest-forgetting.ts";
import { CLOCK_SLACK } from "./part-sequence.ts";
import { listParts, partKey, type Part } from "./parts.ts";
import { takeRows, type PersonTable } from "./person-rows.ts";
import { idTime } from "./row-id.ts";
import { isSealed, sealed } from "./seal.ts";
import { UPLOADS } from "./upload-file.ts";

const CSV = "text/csv; charset=utf-8";

/** Parts read or rewritten at a time, of 256 KiB each. */
const AT_A_TIME = 8;

/** How many of a person's rows were removed. */
type Removed = Pick<Counted, "labels" | "uploads">;

export interface Forgetting {
  /**
   * Removes the person's rows up to this interaction, those too that are still to be written. Resolves when they are gone
   * for good, with how many there were; the same however often it is called for one interaction, after a crash as well.
   */
  forget(person: string, id: string): Promise<Removed>;
  /**
   * For whoever has appended a row, between that and telling of it: whether the person has asked to be forgotten since the
   * row came to be. Then it has been removed.
   */
  overtakes(person: string, row: AppendedRow): Promise<boolean>;
  /** When the person last asked for it, in milliseconds since 1970. */
  asked(person: string): Promise<number | undefined>;
}

interface AppendedRow {
  id: string;
  table: PersonTable;
  /**
   * Whether this delivery of its job has written it. If not, it may be there no longer, and come again: an earlier delivery
   * was perhaps killed while its write was under way.
   */
  written: boolean;
}

interface Search {
  person: string;
  upTo: string;
  remove: boolean;
  /** Of all parts, unless told. */
  among?: (part: Part) => boolean;
}

/** How many rows of the person a part had. */
interface Found {
  key: string;
  rows: number;
}

/**
 * Forgets people, known by their pseudonyms, while any number of writers append. A mark says up to which id rows are
 * forgotten, and stays, and it is noted that there is one so new; then the parts are searched and rewritten. Whoever appends
 * a row looks for that note, and then for the mark, once the row is durable. So of any row either the search, which begins
 * after both are written, sees it, or its writer sees them and removes it; and if that writer is killed before, the job is
 * delivered again and comes to the same point. What that writer has left under way cannot land any more by then: the next one
 * has written the row itself, or closed the last part.
 */
export function forgetting(store: ObjectStore, options: ChangeOptions): Forgetting {
  const changeObject = objectChanger(store, options);
  const marks = forgetMarks(store, changeObject);
  const newest = newestForgetting(store, changeObject);

  /** Looks at parts of a table, a few at a time, and removes what is to be forgotten where it is told to. */
  async function search(
    table: PersonTable,
    { person, upTo, remove, among = () => true }: Search,
  ): Promise<Found[]> {
    const limit = pLimit(AT_A_TIME);
    const parts = (await listParts(store, table.prefix)).filter(among);
    return limit.map(parts, async ({ key }) => {
      let rows = 0;
      await changeObject(key, CSV, (body = Buffer.alloc(0)) => {
        const taken = takeRows(body, table, person, isUpTo(upTo));
        rows = taken.rows.length;
        return rows > 0 && remove ? sealed(taken.rest) : undefined;
      });
      // A part takes a few milliseconds; others wait for the same thread.
      await setImmediate();
      return { key, rows };
    });
  }

  /** Seals the last part and begins the next: no write that is under way to this table lands any more. */
  async function closeLast({ prefix, columns }: PersonTable): Promise<void> {
    const last = (await listParts(store, prefix)).at(-1)?.number ?? -1;
    if (last >= 0)
      await changeObject(partKey(prefix, last), CSV, (body) =>
        body === undefined || isSealed(body) ? undefined : sealed(body),
      );
    await changeObject(partKey(prefix, last + 1), CSV, (body) =>
      body === undefined ? headerLine(columns) : undefined,
    );
  }

  return {
    async forget(person, id) {
      const { upTo } = await marks.raise(person, id);
      await newest.raise(upTo);
      const found = await search(LABELS, { person, upTo, remove: false });
      const foundUploads = await search(UPLOADS, { person, upTo, remove: false });
      const { labels, uploads } = await marks.keepCount(person, {
        id,
        labels: rowsIn(found),
        uploads: rowsIn(foundUploads),
      });
      await search(LABELS, { person, upTo, remove: true, among: partsOf(found) });
      await search(UPLOADS, { person, upTo, remove: true, among: partsOf(foundUploads) });
      return { labels, uploads };
    },

    async overtakes(person, { id, table, written }) {
      if (BigInt(id) > BigInt((await newest.read()) ?? 0)) return false;
      const mark = await marks.read(person);
      if (mark === undefined || BigInt(id) > BigInt(mark.upTo)) return false;
      if (!written) await closeLast(table);
      const since = idTime(id) - CLOCK_SLACK;
      const among = ({ modified }: Part): boolean => modified.getTime() >= since;
      await search(table, { person, upTo: mark.upTo, remove: true, among });
      return true;
    },

    async asked(person) {
      const mark = await marks.read(person);
      return mark && idTime(mark.upTo);
    },
  };
}

/** A row of the person's whose id nobody can read any more is forgotten too. */
function isUpTo(greatest: string): (id: string | undefined) => boolean {
  return (id) => id === undefined || BigInt(id) <= BigInt(greatest);
}

function rowsIn(found: readonly Found[]): number {
  return found.reduce((sum, { rows }) => sum + rows, 0);
}

function partsOf(found: readonly Found[]): (part: Part) => boolean {
  const keys = new Set(found.flatMap(({ key, rows }) => (rows > 0 ? [key] : [])));
  return ({ key }) => keys.has(key);
}
