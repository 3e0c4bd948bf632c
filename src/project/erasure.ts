import { setImmediate } from "node:timers/promises";
import pLimit from "p-limit";
import { objectChanger, type ChangeOptions } from "../append-log/change-object.ts";
import { headerLine, idTime } from "../append-log/csv.ts";
import { takeRows, type PersonTable } from "../append-log/erasure/person-rows.ts";
import {
  isErased,
  readTombstone,
  tombstoneWriter,
  type ErasedCount,
  type Tombstone,
} from "../append-log/erasure/tombstones.ts";
import { listParts, partKey } from "../append-log/parts.ts";
import { isSealed, sealed } from "../append-log/seal.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { IMAGE_NAME } from "../labeling/images.ts";
import { EXCLUSION_TABLE } from "./exclusion-file.ts";
import { imageSet } from "./image-set.ts";
import { LABEL_TABLE } from "./label-file.ts";
import { pendingImages } from "./pending-images.ts";
import { tombstoneOf, type Pseudonyms } from "./pseudonyms.ts";
import { UPLOAD_TABLE, uploadRowId, type UploadId } from "./upload-file.ts";

const CSV = "text/csv; charset=utf-8";

/** Maximum number of parts of 256 KiB that are read or rewritten at a time. */
const PART_CONCURRENCY = 8;

/** The names of a person whose rows are erased. */
type ErasedPerson = Pick<Pseudonyms, "labeler" | "uploaders" | "tombstone">;

/** How many rows of each table an erasure removed. */
export type ErasedRows = Omit<ErasedCount, "id">;

interface EraseOptions {
  /** Whether to remove the images that the rows say the person has added, too. */
  images?: boolean;
  /** Tells in the person's messages that these images no longer wait, and removes them. By default they are only removed. */
  settle?: (ids: readonly UploadId[]) => Promise<void>;
}

export interface Erasure {
  /**
   * Removes the person's rows up to this interaction, including rows that are still to be written, and their images that wait for
   * approval. Resolves with the number of rows when they are gone for good: the same numbers for every call with one id, also after
   * a crash (I15).
   */
  erase(person: ErasedPerson, id: string, options?: EraseOptions): Promise<ErasedRows>;
  /**
   * Completes the erasures of these people by earlier versions, which know no exclusions.
   * @returns whether there was something to complete
   */
  complete(labelers: Iterable<string>): Promise<boolean>;
  /** Whether the person has asked for erasure since this id was made. */
  isErased(tombstone: string, id: string): Promise<boolean>;
  /** When the person last asked for erasure, in milliseconds since 1970. */
  lastAsked(tombstone: string): Promise<number | undefined>;
}

/** The rows to erase from one table. */
interface Target {
  table: PersonTable;
  /** All names that the table's rows may have for the person. */
  pseudonyms: readonly string[];
  upTo: bigint;
}

type Row = ReturnType<typeof takeRows>["rows"][number];

/** Greater than every id. */
const AFTER_ALL = 10n ** 19n;

/**
 * Erases people's rows from a project's three tables while any number of writers append: tombstone, watermark, fence, count, rewrite,
 * in this order (I10). docs/design/append-log.md says why nothing comes back.
 */
export function erasure(store: ObjectStore, options: ChangeOptions): Erasure {
  const changeObject = objectChanger(store, options);
  const writer = tombstoneWriter(changeObject);
  const pending = pendingImages(store, options);
  const images = imageSet(store);

  /**
   * Counts the rows in these parts by key, and removes them if `remove` is set. Leaves out parts without any.
   * @param options.kept called with the id of each row of the person that is too new
   */
  async function search(
    { table, pseudonyms, upTo }: Target,
    keys: Iterable<string>,
    { remove = false, kept = (_id: bigint) => {} } = {},
  ): Promise<Map<string, number>> {
    const isOld = isUpTo(upTo);
    const isTaken = (id: string | undefined): boolean => {
      if (id === undefined || isOld(id)) return true;
      kept(BigInt(id));
      return false;
    };
    const found = new Map<string, number>();
    await pLimit(PART_CONCURRENCY).map(keys, async (key) => {
      await changeObject(key, CSV, (body = Buffer.alloc(0)) => {
        const { rows, rest } = takeRows(body, table, pseudonyms, isTaken);
        if (rows.length === 0) found.delete(key);
        else found.set(key, rows.length);
        return rows.length > 0 && remove ? sealed(rest) : undefined;
      });
      // Lets other work run in between, because parsing a part takes a few milliseconds.
      await setImmediate();
    });
    return found;
  }

  /** The person's rows in these parts. */
  async function readRows({ table, pseudonyms, upTo }: Target, keys: Iterable<string>): Promise<Row[]> {
    const parts = await pLimit(PART_CONCURRENCY).map(keys, async (key) => {
      const body = (await store.get(key))?.body ?? Buffer.alloc(0);
      return takeRows(body, table, pseudonyms, isUpTo(upTo)).rows;
    });
    return parts.flat();
  }

  /** Removes the images that these rows of the upload file name from the set. */
  async function removeImages(rows: readonly Row[]): Promise<void> {
    const names = rows.flatMap(({ image = "" }) => (IMAGE_NAME.test(image) ? [image] : []));
    await pLimit(PART_CONCURRENCY).map(names, (image) => images.remove(image));
  }

  /**
   * Seals the last part and the one after it, which may be missing or just started, so that no write under way to either can
   * succeed (I12). Resolves with the keys of all parts up to there.
   */
  async function fence({ prefix, columns }: PersonTable): Promise<string[]> {
    const parts = await listParts(store, prefix);
    const next = partKey(prefix, (parts.at(-1)?.number ?? -1) + 1);
    const keys = [...parts.map(({ key }) => key), next];
    for (const key of keys.slice(-2))
      await changeObject(key, CSV, (body) => {
        const part = body === undefined || body.length === 0 ? headerLine(columns) : body;
        return isSealed(part) ? undefined : sealed(part);
      });
    return keys;
  }

  /** Removes the images of these uploads that wait for approval. The rows, which lead to them, must still be there (A6). */
  async function removePending(rows: readonly Row[], settle: EraseOptions["settle"]): Promise<void> {
    const ids = new Set(rows.map(({ id }) => id));
    const sent = (await pending.all()).filter((waiting) => ids.has(uploadRowId(waiting)));
    if (sent.length === 0) return;
    try {
      for (const id of sent) await pending.decide(id, "taken-back");
      await settle?.(sent);
    } catch (error) {
      // The images must go even if no message can be changed.
      options.log.warn({ err: error }, "the answer about images of an erased person may say that they wait");
    }
    for (const id of sent) await pending.remove(id);
  }

  /** @throws if the tombstone cannot be read */
  async function findTombstone(person: string): Promise<Tombstone | undefined> {
    const found = await readTombstone(store, person);
    if (found instanceof Error) throw found;
    return found;
  }

  async function erase(
    person: ErasedPerson,
    id: string,
    { images: withImages = false, settle }: EraseOptions = {},
  ): Promise<ErasedRows> {
    const { tombstone } = person;
    const advanced = await writer.advance(tombstone, id);
    await writer.advanceWatermark(advanced.upTo);
    const upTo = BigInt(advanced.upTo);
    // I18: exclusions come first.
    const exclusionParts = await fence(EXCLUSION_TABLE);
    const labelParts = await fence(LABEL_TABLE);
    const uploadParts = await fence(UPLOAD_TABLE);
    const labelRows = { table: LABEL_TABLE, pseudonyms: [person.labeler], upTo };
    const uploadRows = { table: UPLOAD_TABLE, pseudonyms: person.uploaders, upTo };
    let firstKept = AFTER_ALL;
    const kept = (row: bigint): void => void (firstKept = row < firstKept ? row : firstKept);
    const foundLabels = await search(labelRows, labelParts, { kept });
    const foundUploads = await search(uploadRows, uploadParts);
    // I18: an exclusion that is older than every answer that stays was about answers that do not.
    const exclusionRows = { table: EXCLUSION_TABLE, pseudonyms: [person.labeler], upTo: firstKept - 1n };
    const foundExclusions = await search(exclusionRows, exclusionParts);
    const uploaded = await readRows(uploadRows, foundUploads.keys());
    await removePending(uploaded, settle);
    const { labels, uploads, exclusions } = await writer.keepCount(tombstone, {
      id,
      labels: sumOf(foundLabels),
      uploads: sumOf(foundUploads),
      exclusions: sumOf(foundExclusions),
    });
    // While the rows are still there: after a crash, the next delivery finds the rest.
    if (withImages) await removeImages(uploaded);
    await search(labelRows, foundLabels.keys(), { remove: true });
    await search(uploadRows, foundUploads.keys(), { remove: true });
    await search(exclusionRows, foundExclusions.keys(), { remove: true });
    return { labels, uploads, exclusions };
  }

  return {
    erase,

    async complete(labelers) {
      const completed = await pLimit(PART_CONCURRENCY).map(labelers, async (labeler) => {
        const tombstone = tombstoneOf(labeler);
        const found = await readTombstone(store, tombstone);
        if (found === undefined || found instanceof Error) return false;
        const count = found.counted.find(({ id }) => id === found.upTo);
        // Without a count, the job of the erasure is still to be delivered.
        if (count === undefined || count.exclusions !== undefined) return false;
        await erase({ labeler, uploaders: [], tombstone }, found.upTo);
        return true;
      });
      return completed.includes(true);
    },

    isErased: async (tombstone, id) => isErased(id, await findTombstone(tombstone)),

    async lastAsked(tombstone) {
      const found = await findTombstone(tombstone);
      return found && idTime(found.upTo);
    },
  };
}

/** Whether a row is erased. One whose id cannot be read is erased too. */
function isUpTo(upTo: bigint): (id: string | undefined) => boolean {
  return (id) => id === undefined || BigInt(id) <= upTo;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((sum, count) => sum + count, 0);
}
