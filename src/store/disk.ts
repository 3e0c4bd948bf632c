import { createHash, randomUUID } from "node:crypto";
import { access, constants, link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
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
import { syncFolder } from "../sync-folder.ts";
import { turnstile } from "../turnstile.ts";

/** Left by a process that was killed while writing; younger ones may belong to a process that lives. */
const ABANDONED_AFTER = 60 * 60 * 1000;

/**
 * A store in a folder, for one process that rewrites objects (any number may create them with `ifNoneMatch`). A key is
 * its file's path, so a key may not be the folder of another. Writes go to a file aside, which is synced and then
 * renamed or linked into place; that wants a file system with hard links.
 */
export async function diskStore(folder: string): Promise<ObjectStore> {
  const aside = join(folder, ".tmp");
  const makeFolder = folderMaker();
  await makeFolder(aside);
  await removeAbandoned(aside);
  const inTurn = turnstile();

  async function put(key: string, body: Buffer, condition?: Condition): Promise<string> {
    const path = pathOf(folder, key);
    const written = join(aside, randomUUID());
    try {
      await writeSynced(written, body);
      await makeFolder(dirname(path));
      await inTurn(key, () => moveInto(path, written, key, condition));
      await syncFolder(dirname(path));
      return etagOf(body);
    } finally {
      await rm(written, { force: true });
    }
  }

  return {
    async get(key) {
      return read(pathOf(folder, key));
    },

    async head(key) {
      return describe(folder, key);
    },

    async put(key, body, options = {}) {
      return put(key, body, options.condition);
    },

    async list(prefix, { startAfter = "", limit = MAX_PAGE } = {}) {
      checkPrefix(prefix);
      const keys = await keysBelow(folder, prefix.slice(0, prefix.lastIndexOf("/") + 1));
      const page = keys
        .filter((key) => key.startsWith(prefix) && key > startAfter)
        .toSorted()
        .slice(0, limit);
      const listed = await Promise.all(page.map((key) => describe(folder, key)));
      return listed.filter((object) => object !== undefined);
    },

    async delete(key) {
      const path = pathOf(folder, key);
      await inTurn(key, () => rm(path, { force: true }));
      await absentAsUndefined(syncFolder(dirname(path)));
    },

    async check() {
      await access(aside, constants.W_OK).catch((error: Error) => {
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
  const file = await absentAsUndefined(open(path, "r"));
  if (file === undefined) return undefined;
  try {
    const body = await file.readFile();
    const { mtime } = await file.stat();
    return { body, etag: etagOf(body), modified: mtime };
  } finally {
    await file.close();
  }
}

async function moveInto(path: string, written: string, key: string, condition?: Condition): Promise<void> {
  if (condition === undefined) return rename(written, path);
  if ("ifMatch" in condition) {
    const current = await read(path);
    if (current?.etag !== condition.ifMatch) throw new ConditionFailedError(key);
    return rename(written, path);
  }
  try {
    // Unlike a rename, a link never replaces: of several processes one wins.
    await link(written, path);
  } catch (error) {
    throw codeOf(error) === "EEXIST" ? new ConditionFailedError(key) : error;
  }
}

async function writeSynced(path: string, body: Buffer): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes a folder and those above it, each synced into the one above once in the life of this process: somebody else may
 * have made it a moment ago, and a loss of power would take it with all that is in it.
 */
function folderMaker(): (path: string) => Promise<void> {
  const synced = new Map<string, Promise<void>>();

  function sync(path: string): Promise<void> {
    const above = dirname(path);
    if (above === path) return Promise.resolve();
    const work = synced.get(path) ?? Promise.all([sync(above), syncFolder(above)]).then(() => undefined);
    synced.set(path, work);
    work.catch(() => synced.delete(path));
    return work;
  }

  return async (path) => {
    await mkdir(path, { recursive: true });
    await sync(resolve(path));
  };
}

/** Files whose path is not a key are none of ours: somebody's notes, a file manager's `.DS_Store`. */
async function keysBelow(folder: string, prefix: string): Promise<string[]> {
  const start = join(folder, ...prefix.split("/"));
  const entries = await absentAsUndefined(readdir(start, { recursive: true, withFileTypes: true }));
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter(isKey);
}

async function describe(folder: string, key: string): Promise<ListedObject | undefined> {
  const found = await absentAsUndefined(stat(pathOf(folder, key)));
  return found?.isFile() ? { key, size: found.size, modified: found.mtime } : undefined;
}

async function removeAbandoned(aside: string): Promise<void> {
  for (const name of await readdir(aside)) {
    const path = join(aside, name);
    const found = await absentAsUndefined(stat(path));
    if (found !== undefined && found.mtimeMs < Date.now() - ABANDONED_AFTER) await rm(path, { force: true });
  }
}

async function absentAsUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    // The last two: a key whose path is a folder, or goes through a file.
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes(String(codeOf(error)))) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
