import { constants, lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { buffer } from "node:stream/consumers";
import { MAX_UPLOAD_BYTES } from "../../labeling/images.ts";
import { describeFileError } from "../../platform/describe-error.ts";
import { isImageKey, reservedKey } from "../../project/project.ts";
import { cannotRead, countInSet, type FoundSources } from "./source.ts";

/** Somebody may have put a link in place of the file since it was found. Windows has no such flag. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/**
 * Finds the files that these paths name, and all files in the folders that they name, each once, however many links lead to it.
 * Skips links that lead out of a named folder: somebody who may write there could otherwise import any file of this machine. Skips
 * hidden files and folders unless they are named themselves, and always the store's own files.
 * @param keyOf finds the store's key for a real path, "" outside the store; the path and key of a folder end in a separator
 * @throws StartError when one of the paths does not exist or cannot be read
 */
export async function findFiles(
  paths: readonly string[],
  keyOf: (realPath: string) => string,
): Promise<FoundSources> {
  const sources: FoundSources["sources"] = [];
  const skipped: FoundSources["skipped"] = new Map();
  const seen = new Set<string>();

  /** @param root the real path of the folder that was named, for what is found in it */
  async function visit(path: string, root?: string): Promise<void> {
    const real = await realpath(path);
    if (root !== undefined && !isWithin(root, real))
      return void skipped.set(path, "a link that leads out of the folder");
    if (seen.has(real)) return;
    seen.add(real);
    const status = await stat(real);
    const key = keyOf(status.isDirectory() ? real + sep : real);
    if (isImageKey(key)) countInSet(skipped, dirname(path));
    else if (reservedKey(key) !== undefined) skipped.set(path, "belongs to the store");
    else if (status.isFile()) sources.push({ name: path, read: () => readFile(real) });
    else if (status.isDirectory()) await visitFolder(path, root ?? real);
    else skipped.set(path, "not a file");
  }

  async function visitFolder(folder: string, root: string): Promise<void> {
    const names = await readdir(folder);
    for (const name of names.toSorted()) {
      const path = join(folder, name);
      if (name.startsWith(".")) skipped.set(path, "hidden");
      else await visit(path, root).catch((error: unknown) => skipped.set(path, describeFileError(error)));
    }
  }

  const mistakes: string[] = [];
  for (const path of paths)
    await lstat(path).catch((error: unknown) => mistakes.push(`${path}: ${describeFileError(error)}`));
  if (mistakes.length > 0) throw cannotRead(...mistakes);
  for (const path of paths)
    await visit(path).catch((error: unknown) => {
      throw cannotRead(`${path}: ${describeFileError(error)}`);
    });
  return { sources, skipped };
}

function isWithin(root: string, real: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

/**
 * Reads a file, or the beginning of one that is too large anyway. Returns the reason if it cannot be read.
 * @param path of the file itself, not of a link to it
 */
async function readFile(path: string): Promise<Buffer | string> {
  try {
    const file = await open(path, constants.O_RDONLY | NO_LINK);
    return await buffer(file.createReadStream({ end: MAX_UPLOAD_BYTES }));
  } catch (error) {
    return describeFileError(error);
  }
}
