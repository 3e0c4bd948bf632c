import { createHash, randomUUID } from "node:crypto";
import { access, constants, link, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import {
  checkKey,
  checkPrefix,
  ConditionFailedError,
  isKey,
  MAX_PAGE,
  type Condition,
  type ListedObject,
  type ObjectStore,
  type StoredObject,
} from "./object-store.ts";
import { ensureFolder, syncFolder } from "../platform/folders.ts";
import { keyedMutex } from "../platform/keyed-mutex.ts";
import { asyncCache } from "../platform/async-cache.ts";
import { errorCode } from "../platform/describe-error.ts";

/** Age at which a temporary file is abandoned: its process was killed. Younger files may still be in use. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Mode of a folder that the store creates: other users of the machine must not read people's answers. */
const OWNER_ONLY_MODE = 0o700;

/**
 * Milliseconds for which the names in a folder are cached, unless this process writes there. Listing all objects page by page
 * then reads the folder about once, not once per page. Objects that another process creates appear in lists that much later;
 * deleted objects disappear at once.
 */
const NAMES_LIFETIME_MS = 1_000;

/**
 * A store in a folder, for one process that rewrites objects (any number may create them with `ifNoneMatch`). A key is the path
 * of its file, so no key can be the folder of another. Writes go to a temporary file, which is synced and then renamed or linked
 * into place; this requires a file system with hard links. An existing folder keeps its mode. Files have no place for notes.
 * @param options.access with "read", nothing is created and the folder may be read-only. Default: "write"
 */
export async function diskStore(
  folder: string,
  { access: mode = "write" }: { access?: "read" | "write" } = {},
): Promise<ObjectStore> {
  const temporary = join(folder, ".tmp");
  const makeFolder = folderMaker();
  if (mode === "write") {
    await makeFolder(folder, OWNER_ONLY_MODE);
    await makeFolder(temporary);
    await removeAbandoned(temporary);
  }
  const lock = keyedMutex();
  const names = asyncCache<string[]>({ lifetime: NAMES_LIFETIME_MS });

  async function put(key: string, body: Buffer, condition?: Condition): Promise<string> {
    const path = pathOf(folder, key);
    const written = join(temporary, randomUUID());
    try {
      await writeFile(written, body, { flag: "wx", flush: true });
      await makeFolder(dirname(path));
      await lock(key, () => moveInto(path, written, key, condition));
      await syncFolder(dirname(path));
      return etagOf(body);
    } finally {
      names.forget((prefix) => key.startsWith(prefix));
      await rm(written, { force: true });
    }
  }

  return {
    async get(key, { unless } = {}) {
      const found = await read(pathOf(folder, key));
      return unless !== undefined && found?.etag === unless.etag ? unless : found;
    },
    head: (key) => describe(folder, key),
    put: (key, body, { condition } = {}) => put(key, body, condition),

    async list(prefix, { startAfter = "", limit = MAX_PAGE } = {}) {
      checkPrefix(prefix);
      const above = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      const keys = await names.load(above, () => keysBelow(folder, above));
      const listed: ListedObject[] = [];
      let from = firstIndex(keys, (key) => key >= prefix && key > startAfter);
      const end = firstIndex(keys, (key) => key >= prefix && !key.startsWith(prefix));
      // An object deleted in the meantime is replaced by the next, because a short page means the end of the list.
      while (listed.length < limit && from < end) {
        const page = keys.slice(from, Math.min(end, from + limit - listed.length));
        const found = await Promise.all(page.map((key) => describe(folder, key)));
        listed.push(...found.filter((object) => object !== undefined));
        from += page.length;
      }
      return listed;
    },

    async delete(key) {
      const path = pathOf(folder, key);
      await lock(key, () => rm(path, { force: true }));
      await absentAsUndefined(syncFolder(dirname(path)));
    },

    async check() {
      await access(temporary, constants.W_OK).catch((error: Error) => {
        throw new Error(`the folder cannot be written to: ${error.message}`, { cause: error });
      });
    },

    async close() {},
  };
}

function pathOf(folder: string, key: string): string {
  checkKey(key);
  return join(folder, ...key.split("/"));
}

function etagOf(body: Buffer): string {
  return `"${createHash("sha256").update(body).digest("hex")}"`;
}

async function read(path: string): Promise<StoredObject | undefined> {
  await using file = await absentAsUndefined(open(path, "r"));
  if (file === undefined) return undefined;
  const body = await file.readFile();
  const { mtime } = await file.stat();
  return { body, etag: etagOf(body), modified: mtime };
}

async function moveInto(path: string, written: string, key: string, condition?: Condition): Promise<void> {
  if (condition === undefined) return rename(written, path);
  if ("ifMatch" in condition) {
    const current = await read(path);
    if (current?.etag !== condition.ifMatch) throw new ConditionFailedError(key);
    return rename(written, path);
  }
  try {
    // Unlike a rename, a link never replaces a file, so one of several processes wins.
    await link(written, path);
  } catch (error) {
    throw errorCode(error) === "EEXIST" ? new ConditionFailedError(key) : error;
  }
}

/**
 * Returns a function that creates a folder with its parents and syncs each into its parent, once per process. Existing folders
 * are synced too: another process may have just created them, and a power failure would remove them with their content.
 */
function folderMaker(): (path: string, mode?: number) => Promise<void> {
  const synced = asyncCache<unknown>({ lifetime: Number.POSITIVE_INFINITY });

  async function sync(path: string): Promise<void> {
    const above = dirname(path);
    if (above !== path) await synced.load(path, () => Promise.all([sync(above), syncFolder(above)]));
  }

  return async (path, mode) => {
    await ensureFolder(path, mode);
    await sync(resolve(path));
  };
}

/**
 * Lists keys in ascending order. Skips files whose path is not a key, such as a file manager's `.DS_Store`.
 * @param prefix empty, or ends in "/"
 */
async function keysBelow(folder: string, prefix: string): Promise<string[]> {
  const start = join(folder, ...prefix.split("/"));
  const entries = await absentAsUndefined(readdir(start, { recursive: true, withFileTypes: true }));
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter(isKey)
    .toSorted();
}

/** Finds by bisection the index of the first key for which `beyond` is true; the number of keys if it is always false. */
function firstIndex(keys: readonly string[], beyond: (key: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (beyond(keys[middle] ?? "")) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function describe(folder: string, key: string): Promise<ListedObject | undefined> {
  const found = await absentAsUndefined(stat(pathOf(folder, key)));
  return found?.isFile() ? { key, size: found.size, modified: found.mtime } : undefined;
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await absentAsUndefined(stat(path));
    if (found !== undefined && found.mtimeMs < Date.now() - ABANDONED_AFTER_MS)
      await rm(path, { force: true });
  }
}

async function absentAsUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    // EISDIR and ENOTDIR: the key's path is a folder, or goes through a file.
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}
