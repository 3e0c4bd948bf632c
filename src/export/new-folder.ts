import { mkdir, mkdtemp, readdir, realpath, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { StartError } from "../start-error.ts";
import { lockFolder } from "../store/folder-lock.ts";
import { syncFolder } from "../sync-folder.ts";

/**
 * Makes a folder as a whole: it is filled aside, and stands in its place only when all that is in it is durable. What a killed
 * process has left aside is removed the next time.
 * @param fill writes and syncs all that shall be in the folder it is given
 * @throws StartError when there is something already, or the folder cannot be made; what `fill` throws
 */
export async function newFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const place = await placeOf(path);
  const above = dirname(place);
  const beginning = `.${basename(place)}.export-`;
  const aside = await makeAside(above, beginning).catch((error: Error) => {
    throw new StartError(`${path} cannot be made: ${error.message}`, { cause: error });
  });
  const unlock = lockFolder(aside);
  try {
    const folder = join(aside, "files");
    await mkdir(folder);
    await fill(folder);
    await syncFolder(folder);
    await moveInto(place, folder, path);
    await syncFolder(above);
  } finally {
    unlock();
    await rm(aside, { recursive: true, force: true });
  }
}

async function makeAside(above: string, beginning: string): Promise<string> {
  await mkdir(above, { recursive: true });
  await removeAbandoned(above, beginning);
  return mkdtemp(join(above, beginning));
}

/** Throws unless the folder is empty or not there; where a link leads to it, its real path. */
export async function placeOf(path: string): Promise<string> {
  const place = await realpath(path).catch(ifMissing);
  if (place === undefined) return resolve(path);
  const names = await readdir(place).catch((error: Error) => {
    throw new StartError(`${path} is no folder that could be written: ${error.message}`, { cause: error });
  });
  if (names.length > 0) throw taken(path);
  return place;
}

/** As long as a process fills its folder it holds a lock in it, which ends with the process. */
async function removeAbandoned(above: string, beginning: string): Promise<void> {
  const names = (await readdir(above)).filter((name) => name.startsWith(beginning));
  for (const name of names) {
    const left = join(above, name);
    try {
      lockFolder(left)();
    } catch {
      continue;
    }
    await rm(left, { recursive: true, force: true });
  }
}

async function moveInto(place: string, folder: string, path: string): Promise<void> {
  try {
    // A rename replaces an empty folder on some systems only.
    await rmdir(place).catch(ifMissing);
    await rename(folder, place);
  } catch (error) {
    if (hasCode(error, ["ENOTEMPTY", "EEXIST"])) throw taken(path);
    throw error;
  }
}

function taken(path: string): StartError {
  return new StartError(`${path} is there already and not empty; name a folder that is not there yet.`);
}

function ifMissing(error: unknown): undefined {
  if (!hasCode(error, ["ENOENT"])) throw error;
  return undefined;
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
