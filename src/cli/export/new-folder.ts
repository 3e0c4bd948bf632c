import { lstat, mkdir, mkdtemp, readdir, realpath, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ensureFolder } from "../../platform/ensure-folder.ts";
import { StartError } from "../../platform/start-error.ts";
import { lockFolder } from "../../object-store/folder-lock.ts";
import { syncFolder } from "../../platform/sync-folder.ts";
import { describeError, errorCode } from "../../platform/describe-error.ts";

/**
 * Makes a folder as a whole: it is filled aside, and stands in its place only when all that is in it is durable. What a killed
 * process has left aside is removed the next time.
 * @param fill writes and syncs all that shall be in the folder it is given
 * @throws StartError when there is something already, or the folder cannot be made; what `fill` throws
 */
export async function newFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  try {
    const place = await placeOf(path);
    const aside = await makeAside(place);
    const unlock = lockFolder(aside);
    try {
      const folder = join(aside, "files");
      await mkdir(folder);
      await fill(folder);
      await syncFolder(folder);
      await moveInto(place, folder, path);
      await syncFolder(dirname(place));
    } finally {
      unlock();
      await rm(aside, { recursive: true, force: true });
    }
  } catch (error) {
    throw explained(error, path);
  }
}

/**
 * Where the folder will stand: where a link leads to it, its real path.
 * @throws StartError unless it is empty or not there
 */
export async function placeOf(path: string): Promise<string> {
  try {
    const place = await realpath(path).catch(ifMissing);
    if (place === undefined) return await newPlace(path);
    if ((await readdir(place)).length > 0) throw taken(path);
    return place;
  } catch (error) {
    throw explained(error, path);
  }
}

async function newPlace(path: string): Promise<string> {
  const link = await lstat(path).catch(ifMissing);
  if (link !== undefined)
    throw new StartError(`${path} is a link to what is not there; name a folder that is not there yet.`);
  return resolve(path);
}

/** What the system refuses is for whoever runs the export: a full disk, a name that is too long, a file in the way. */
function explained(error: unknown, path: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new StartError(`${path} cannot be made: ${error.message}`, { cause: error });
}

async function makeAside(place: string): Promise<string> {
  const above = dirname(place);
  const beginning = `.${basename(place)}.export-`;
  await ensureFolder(above);
  await removeAbandoned(above, beginning);
  return mkdtemp(join(above, beginning));
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
    // On Windows, rmdir calls a file missing, and a rename replaces it.
    const found = await lstat(place).catch(ifMissing);
    if (found?.isDirectory() === false) throw new Error("a file is in its place");
    // A rename replaces an empty folder on some systems only.
    await rmdir(place).catch(ifMissing);
    await rename(folder, place);
  } catch (error) {
    if (hasCode(error, ["ENOTEMPTY", "EEXIST"])) throw taken(path);
    // As where a disk is mounted.
    throw new StartError(
      `${path} cannot be replaced: ${describeError(error)}; name a folder that is not there yet, which may be in it.`,
      { cause: error },
    );
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
  return codes.includes(errorCode(error) ?? "");
}
