import { lstat, mkdir, mkdtemp, open, readdir, realpath, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ensureFolder, syncFolder } from "../../platform/folders.ts";
import { StartError } from "../../platform/start-error.ts";
import { lockFolder } from "../../object-store/folder-lock.ts";
import { describeError, errorCode } from "../../platform/describe-error.ts";

/**
 * Creates a folder with all its files at once: they are written to a temporary folder beside it, which takes its place when they are
 * durable. What a killed process left behind is removed the next time.
 * @param fill writes and syncs the files in the folder it is given
 * @throws StartError when the folder exists and is not empty, or cannot be created; what `fill` throws
 */
export async function newFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  try {
    const place = await placeOf(path);
    const temporary = await makeTemporary(place);
    const unlock = lockFolder(temporary);
    try {
      const folder = join(temporary, "files");
      await mkdir(folder);
      await fill(folder);
      await syncFolder(folder);
      await moveInto(place, folder, path);
      await syncFolder(dirname(place));
    } finally {
      unlock();
      await rm(temporary, { recursive: true, force: true });
    }
  } catch (error) {
    throw asStartError(error, path);
  }
}

/**
 * Returns the real path of a folder that is empty or does not exist.
 * @throws StartError for any other
 */
export async function placeOf(path: string): Promise<string> {
  try {
    const place = await realpath(path).catch(ifMissing);
    if (place !== undefined && (await readdir(place)).length > 0) throw notEmpty(path);
    if (place === undefined && (await lstat(path).catch(ifMissing)) !== undefined)
      throw new StartError(
        `${path} is a link to something that does not exist. Name a folder that does not exist yet.`,
      );
    return place ?? resolve(path);
  } catch (error) {
    throw asStartError(error, path);
  }
}

/** Errors of the file system, such as a full disk or a file in the way, are for the user to solve. */
function asStartError(error: unknown, path: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new StartError(`${path} cannot be created: ${error.message}`, { cause: error });
}

/** Makes a temporary folder beside the place, and removes those that killed processes left behind. */
async function makeTemporary(place: string): Promise<string> {
  const parent = dirname(place);
  const prefix = join(parent, `.${basename(place)}.export-`);
  await ensureFolder(parent);
  const siblings = (await readdir(parent)).map((name) => join(parent, name));
  for (const abandoned of siblings.filter((path) => path.startsWith(prefix))) {
    try {
      // A process that writes to its temporary folder holds this lock, which ends with the process.
      lockFolder(abandoned)();
    } catch {
      continue;
    }
    await rm(abandoned, { recursive: true, force: true });
  }
  return mkdtemp(prefix);
}

/** Replaces the empty folder at the place, if there is one. @param path the place as the user named it */
async function moveInto(place: string, folder: string, path: string): Promise<void> {
  try {
    // On Windows, rmdir says that a file does not exist, and rename replaces it.
    const found = await lstat(place).catch(ifMissing);
    if (found?.isDirectory() === false) throw new Error("a file is in its place");
    // Only on some systems does rename replace an empty folder.
    await rmdir(place).catch(ifMissing);
    await rename(folder, place);
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST"].includes(errorCode(error) ?? "")) throw notEmpty(path);
    // For example, because a disk is mounted there.
    throw new StartError(
      `${path} cannot be replaced: ${describeError(error)}. Name a folder that does not exist yet; it may be inside this one.`,
      { cause: error },
    );
  }
}

function notEmpty(path: string): StartError {
  return new StartError(`${path} exists already and is not empty. Name a folder that does not exist yet.`);
}

function ifMissing(error: unknown): undefined {
  if (errorCode(error) !== "ENOENT") throw error;
  return undefined;
}

/**
 * Creates a file with these bytes. It is durable once its folder is synced.
 * @throws the signal's reason once it is aborted; Error of the file system
 */
export async function writeFile(
  path: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const chunk of bytes) {
      signal.throwIfAborted();
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}
