import { z } from "zod";
import { objectChanger, type ChangeOptions } from "../append-log/change-object.ts";
import { compareIds, idTime } from "../append-log/csv.ts";
import { IMAGE_NAME } from "../labeling/images.ts";
import { createObject, listAll, type ObjectStore } from "../object-store/object-store.ts";
import { snowflake } from "../platform/snowflake.ts";
import { decodeJson } from "./definition.ts";
import { contentTypeOf } from "./image-set.ts";
import { uploadRowId, type UploadId } from "./upload-file.ts";

const FOLDER = "pending/";
const RECORD = "upload.json";
/** An object of a pending image: the id of its row in the upload table, and the image or the record. */
const KEY = /^pending\/(?<jobId>\d{1,19})-(?<position>\d{1,3})\/(?<name>[^/]+)$/;

const decision = z.enum(["approved", "rejected", "taken-back"]);

/** What was decided about an image that waited. "taken-back": by its sender. */
type PendingDecision = z.infer<typeof decision>;

const answer = z.strictObject({
  /** Unset in direct messages. */
  guild: snowflake.optional(),
  channel: snowflake,
  message: snowflake,
});

/** The bot's message that tells the sender the result of an upload. */
export type UploadAnswer = z.infer<typeof answer>;

const record = z.strictObject({
  version: z.literal(1, "was written by a newer version of the bot; upgrade this process"),
  /** File name of the image, the same as in the image set. */
  image: z.string().regex(IMAGE_NAME),
  /** Unset if the sender has deleted it. */
  answer: answer.optional(),
  /** Set while what was decided is being done. */
  decision: decision.optional(),
});

/** The record of an image that waits, or about which was just decided. Nothing in it names the sender. */
export type PendingRecord = Omit<z.infer<typeof record>, "version">;

/** An image that waits. */
export interface PendingImage extends UploadId {
  image: string;
}

/**
 * The images of a project that wait for approval, named by their row in the upload table: `pending/<row id>/<image>`, beside the
 * record `pending/<row id>/upload.json`. docs/design/approval.md has the rules A1 to A8.
 */
export interface PendingImages {
  /**
   * Keeps an image until it is decided about. Keeping it again has no effect, even if it was decided about meanwhile.
   * @returns the record
   */
  keep(id: UploadId, stored: Buffer, file: Omit<PendingRecord, "decision">): Promise<PendingRecord>;
  /** The images that wait, the oldest first. Lists one page per 1,000 objects, and reads nothing else. */
  waiting(): Promise<PendingImage[]>;
  /** Whether an image with one of these file names waits, and nothing was decided about it. Lists like `waiting`. */
  hasUndecided(images: readonly string[]): Promise<boolean>;
  /** The records without an image, which interrupted decisions have left. */
  withoutImage(): Promise<UploadId[]>;
  /** All that is stored, with what interrupted uploads and decisions have left. */
  all(): Promise<UploadId[]>;
  /** @returns undefined if nothing waits under this id. @throws Error if the record cannot be read */
  find(id: UploadId): Promise<PendingRecord | undefined>;
  /** Decides about an image, unless that was done before: the first decision counts (A3). @returns like `find`, afterwards */
  decide(id: UploadId, decision: PendingDecision): Promise<PendingRecord | undefined>;
  /** Removes an image and its record, which comes last (A5). */
  remove(id: UploadId): Promise<void>;
  /** The images as a set that pictures can be made from, named by `pendingPath`. */
  images: { read(path: string): Promise<Buffer | undefined>; has(path: string): Promise<boolean> };
}

/** @param store the objects of one project */
export function pendingImages(store: ObjectStore, options: ChangeOptions): PendingImages {
  const changeObject = objectChanger(store, options);

  /** @param change returns undefined to leave the record as it is. @returns the record afterwards */
  async function changeRecord(
    id: UploadId,
    change: (current: PendingRecord | undefined) => PendingRecord | undefined,
  ): Promise<PendingRecord | undefined> {
    const key = recordKey(id);
    let outcome: { record: PendingRecord | undefined } | { error: unknown } | undefined;
    await changeObject(key, "application/json", (body) => {
      try {
        const current = body && decodeRecord(body, key);
        const changed = change(current);
        outcome = { record: changed ?? current };
        return changed && encodeRecord(changed);
      } catch (error) {
        // Thrown below, because a retry would not help.
        outcome = { error };
        return undefined;
      }
    });
    if (outcome !== undefined && "error" in outcome) throw outcome.error;
    return outcome?.record;
  }

  async function waiting(): Promise<PendingImage[]> {
    const objects = await listObjects(store);
    const recorded = new Set(objects.filter(({ name }) => name === RECORD).map(uploadRowId));
    return objects.flatMap(({ name, ...id }) =>
      IMAGE_NAME.test(name) && recorded.has(uploadRowId(id)) ? [{ ...id, image: name }] : [],
    );
  }

  async function find(id: UploadId): Promise<PendingRecord | undefined> {
    const found = await store.get(recordKey(id));
    return found && decodeRecord(found.body, recordKey(id));
  }

  return {
    waiting,
    find,

    async keep(id, stored, file) {
      const contentType = contentTypeOf(file.image);
      await createObject(store, imageKey(id, file.image), { body: stored, contentType });
      const kept = await changeRecord(id, (current) => (current === undefined ? file : undefined));
      return kept ?? file;
    },

    async hasUndecided(images) {
      const named = (await waiting()).filter(({ image }) => images.includes(image));
      for (const one of named) {
        const found = await find(one);
        if (found !== undefined && found.decision === undefined) return true;
      }
      return false;
    },

    async withoutImage() {
      const byId = Map.groupBy(await listObjects(store), uploadRowId);
      return [...byId.values()].flatMap(([first, ...others]) =>
        first !== undefined && first.name === RECORD && others.length === 0 ? [first] : [],
      );
    },

    async all() {
      const byId = new Map((await listObjects(store)).map((found) => [uploadRowId(found), found]));
      return [...byId.values()];
    },

    decide: (id, decided) =>
      changeRecord(id, (current) =>
        current === undefined || current.decision !== undefined
          ? undefined
          : { ...current, decision: decided },
      ),

    async remove(id) {
      const objects = await listAll(store, folderOf(id));
      const images = objects.map(({ key }) => key).filter((key) => key !== recordKey(id));
      for (const key of images) await store.delete(key);
      await store.delete(recordKey(id));
    },

    images: {
      read: async (path) => (await store.get(FOLDER + path))?.body,
      has: async (path) => (await store.head(FOLDER + path)) !== undefined,
    },
  };
}

/** The keys of the images that wait, or are about to be decided about, by file name. @param store the objects of one project */
export async function waitingKeys(store: ObjectStore): Promise<Map<string, string>> {
  const objects = (await listObjects(store)).filter(({ name }) => name !== RECORD);
  return new Map(objects.map((found) => [found.name, imageKey(found, found.name)]));
}

/** All objects with their ids, those of the oldest uploads first. */
async function listObjects(store: ObjectStore): Promise<(UploadId & { name: string })[]> {
  const objects = await listAll(store, FOLDER);
  const found = objects.flatMap(({ key }) => {
    const { jobId = "", position, name = "" } = KEY.exec(key)?.groups ?? {};
    return position === undefined ? [] : [{ jobId, position: Number(position), name }];
  });
  return found.toSorted((a, b) => compareIds(uploadRowId(a), uploadRowId(b)));
}

/** Names a waiting image to `PendingImages.images`. */
export function pendingPath({ image, ...id }: PendingImage): string {
  return `${uploadRowId(id)}/${image}`;
}

/** When an image was sent, in milliseconds since 1970. */
export function sentAt({ jobId }: UploadId): number {
  return idTime(jobId);
}

function folderOf(id: UploadId): string {
  return `${FOLDER}${uploadRowId(id)}/`;
}

function imageKey(id: UploadId, image: string): string {
  return folderOf(id) + image;
}

function recordKey(id: UploadId): string {
  return folderOf(id) + RECORD;
}

function decodeRecord(body: Buffer, key: string): PendingRecord {
  const { version: _, ...rest } = decodeJson(record, body, key);
  return rest;
}

function encodeRecord(value: PendingRecord): Buffer {
  return Buffer.from(`${JSON.stringify({ version: 1, ...value }, undefined, 2)}\n`);
}
