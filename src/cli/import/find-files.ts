import { constants, lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { MAX_UPLOAD_BYTES } from "../../labeling/images.ts";
import { StartError } from "../../platform/start-error.ts";
import { isImageKey, reservedKey } from "../../project/project.ts";
import { skippedList, UnreadableError, type FoundSources } from "./source.ts";
import { describeFileError } from "../../platform/describe-error.ts";

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
  const skipped = skippedList();
  const seen = new Set<string>();

  /** @param root the real path of the folder that was named, for what is found in it */
  async function visit(path: string, root?: string): Promise<void> {
    const real = await realpath(path);
    if (root !== undefined && !isWithin(root, real))
      return skipped.add(path, "a link that leads out of the folder");
    if (seen.has(real)) return;
    seen.add(real);
    const status = await stat(real);
    const key = keyOf(status.isDirectory() ? real + sep : real);
    if (isImageKey(key)) skipped.addInSet(dirname(path));
    else if (reservedKey(key) !== undefined) skipped.add(path, "belongs to the store");
    else if (status.isFile()) sources.push({ name: path, read: () => readFile(real) });
    else if (status.isDirectory()) await visitFolder(path, root ?? real);
    else skipped.add(path, "not a file");
  }

  async function visitFolder(folder: string, root: string): Promise<void> {
    const names = await readdir(folder);
    for (const name of names.toSorted()) {
      const path = join(folder, name);
      if (name.startsWith(".")) skipped.add(path, "hidden");
      else await visit(path, root).catch((error: unknown) => skipped.add(path, describeFileError(error)));
    }
  }

  const missing = await Promise.all(
    paths.map((path) => lstat(path).then(() => undefined, describeFileError)),
  );
  const mistakes = missing.flatMap((reason, index) =>
    reason === undefined ? [] : `  ${paths[index]}: ${reason}`,
  );
  if (mistakes.length > 0) throw cannotRead(mistakes);
  for (const path of paths) {
    await visit(path).catch((error: unknown) => {
      throw cannotRead([`  ${path}: ${describeFileError(error)}`]);
    });
  }
  return { sources, skipped: skipped.list() };
}

function isWithin(root: string, real: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function cannotRead(mistakes: string[]): StartError {
  return new StartError(`Nothing was added, because these cannot be read:\n${mistakes.join("\n")}`);
}

/**
 * Reads a file, or the beginning of one that is too large anyway.
 * @param path of the file itself, not of a link to it
 * @throws UnreadableError
 */
async function readFile(path: string): Promise<Buffer> {
  try {
    return await readUpTo(path, MAX_UPLOAD_BYTES + 1);
  } catch (error) {
    throw new UnreadableError(describeFileError(error), { cause: error });
  }
}

async function readUpTo(path: string, max: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | NO_LINK);
  try {
    const bytes = Buffer.allocUnsafe(Math.min((await file.stat()).size + 1, max));
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}
