import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { StartError } from "../../platform/start-error.ts";
import { isImageKey, reservedKey } from "../../project/project.ts";
import { passedOver } from "./skipped-files.ts";
import { readFile } from "./read-file.ts";
import type { Found } from "./source.ts";
import { describeFileError } from "../../platform/describe-error.ts";

/**
 * The files that these paths name, and those in the folders that they name, however deep; each file and folder once,
 * whichever links lead to it. A link in a folder leads no further than that folder: whoever may write there could otherwise have
 * any file of this machine brought in. A hidden file or folder counts only when it is named itself, and what is the store's own
 * not even then.
 * @param keyOf what the store's key for a real path is, "" outside the store; a folder's ends in a separator, as its key does
 * @throws StartError when one of the paths does not exist or cannot be read
 */
export async function findFiles(
  paths: readonly string[],
  keyOf: (realPath: string) => string,
): Promise<Found> {
  const sources: Found["sources"] = [];
  const skipped = passedOver();
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
    else if (reservedKey(key) !== undefined) skipped.add(path, "the store's own");
    else if (status.isFile()) sources.push({ name: path, read: () => readFile(real) });
    else if (status.isDirectory()) await visitFolder(path, root ?? real);
    else skipped.add(path, "no file");
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
  return new StartError(`Nothing was added, for these cannot be read:\n${mistakes.join("\n")}`);
}
