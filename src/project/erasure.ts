import { setImmediate } from "node:timers/promises";
import pLimit from "p-limit";
import type { Pseudonyms } from "./pseudonyms.ts";
import { objectChanger, type ChangeOptions } from "../append-log/change-object.ts";
import { headerLine } from "../append-log/csv.ts";
import {
  tombstones,
  isForgotten,
  readMark,
  type Counted,
  type Tombstone,
} from "../append-log/erasure/tombstones.ts";
import { LABEL_TABLE } from "./label-file.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { raiseNewest } from "../append-log/erasure/newest-erasure.ts";
import { listParts, partKey } from "../append-log/parts.ts";
import { takeRows, type PersonTable } from "../append-log/erasure/person-rows.ts";
import { idTime } from "../append-log/row-id.ts";
import { isSealed, sealed } from "../append-log/seal.ts";
import { UPLOAD_TABLE } from "./upload-file.ts";

const CSV = "text/csv; charset=utf-8";

/** Parts read or rewritten at a time, of 256 KiB each. */
const AT_A_TIME = 8;

/** How many of a person's rows were removed. */
type Removed = Pick<Counted, "labels" | "uploads">;

export interface Erasure {
  /**
   * Removes the person's rows up to this interaction, those too that are still to be written. Resolves when they are gone
   * for good, with how many there were; the same however often it is called for one interaction, after a crash as well.
   */
  erase(person: Pseudonyms, id: string): Promise<Removed>;
  /** Whether the person with this tombstone has asked to be forgotten since the thing with this id came to be. */
  isErased(tombstone: string, id: string): Promise<boolean>;
  /** When the person with this tombstone last asked for it, in milliseconds since 1970. */
  lastAsked(tombstone: string): Promise<number | undefined>;
}

interface Search {
  pseudonyms: readonly string[];
  upTo: string;
  remove: boolean;
}

/** How many rows of the person a part had. */
interface Found {
  key: string;
  rows: number;
}

/**
 * Forgets people while any number of writers append. A mark says up to which id rows are
 * forgotten, and stays, and it is noted that there is one so new; then the tables are fenced; then the parts are searched and
 * rewritten. Whoever appends a row looks for the note, and then for the mark, between the look at the part that tells what
 * to write to and the PUT. So of any row either its writer has seen the mark, or its PUT came before the fence, and then the
 * search sees it, or it comes after and fails: nothing that a killed or failed worker has left under way lands any more.
 */
export function erasure(store: ObjectStore, options: ChangeOptions): Erasure {
  const changeObject = objectChanger(store, options);
  const marks = tombstones(changeObject);

  /** Looks at these parts of a table, a few at a time, and removes what is to be forgotten where it is told to. */
  async function search(
    table: PersonTable,
    keys: readonly string[],
    { pseudonyms, upTo, remove }: Search,
  ): Promise<Found[]> {
    const limit = pLimit(AT_A_TIME);
    return limit.map(keys, async (key) => {
      let rows = 0;
      await changeObject(key, CSV, (body = Buffer.alloc(0)) => {
        const taken = takeRows(body, table, pseudonyms, isUpTo(upTo));
        rows = taken.rows.length;
        return rows > 0 && remove ? sealed(taken.rest) : undefined;
      });
      // A part takes a few milliseconds; others wait for the same thread.
      await setImmediate();
      return { key, rows };
    });
  }

  /**
   * Seals the last part and, empty or as somebody has just begun it, the one after it: no write to either lands any more.
   * Whoever writes to a later part has looked for forgettings since, and sees the mark.
   * @returns the keys of all parts up to there
   */
  async function fence({ prefix, columns }: PersonTable): Promise<string[]> {
    const parts = await listParts(store, prefix);
    const next = (parts.at(-1)?.number ?? -1) + 1;
    const ends = [...parts.slice(-1).map(({ key }) => key), partKey(prefix, next)];
    for (const key of ends)
      await changeObject(key, CSV, (body) => {
        const part = body === undefined || body.length === 0 ? headerLine(columns) : body;
        return isSealed(part) ? undefined : sealed(part);
      });
    return [...parts.slice(0, -1).map(({ key }) => key), ...ends];
  }

  /** @throws when the mark cannot be read */
  async function markOf(tombstone: string): Promise<Tombstone | undefined> {
    const mark = await readMark(store, tombstone);
    if (mark instanceof Error) throw mark;
    return mark;
  }

  return {
    async erase(person, id) {
      const { tombstone } = person;
      const { upTo } = await marks.raise(tombstone, id);
      await raiseNewest(changeObject, upTo);
      const labelParts = await fence(LABEL_TABLE);
      const uploadParts = await fence(UPLOAD_TABLE);
      const labelRows = { pseudonyms: [person.labeler], upTo, remove: false };
      const uploadRows = { pseudonyms: person.uploaders, upTo, remove: false };
      const found = await search(LABEL_TABLE, labelParts, labelRows);
      const foundUploads = await search(UPLOAD_TABLE, uploadParts, uploadRows);
      const { labels, uploads } = await marks.keepCount(tombstone, {
        id,
        labels: rowsIn(found),
        uploads: rowsIn(foundUploads),
      });
      await search(LABEL_TABLE, keysOf(found), { ...labelRows, remove: true });
      await search(UPLOAD_TABLE, keysOf(foundUploads), { ...uploadRows, remove: true });
      return { labels, uploads };
    },

    isErased: async (tombstone, id) => isForgotten(id, await markOf(tombstone)),

    async lastAsked(tombstone) {
      const mark = await markOf(tombstone);
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

function keysOf(found: readonly Found[]): string[] {
  return found.flatMap(({ key, rows }) => (rows > 0 ? [key] : []));
}
