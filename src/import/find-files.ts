import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../start-error.ts";
import { readFile, reasonOf } from "./read-file.ts";
import type { Found } from "./source.ts";

/**
 * The files that these paths name, and those in the folders that they name, however deep; each file and folder once,
 * whichever links lead to it. A hidden file or folder counts only when it is named itself, and what lies
 * in a folder that `ownFolder` finds for its real path not even then.
 * @throws StartError when one of the paths does not exist or cannot be read
 */
export async function findFiles(
  paths: readonly string[],
  ownFolder: (realPath: string) => string | undefined,
): Promise<Found> {
  const found: Found = { sources: [], skipped: [] };
  const seen = new Set<string>();

  async function visit(path: string): Promise<void> {
    const real = await realpath(path);
    if (seen.has(real)) return;
    seen.add(real);
    const status = await stat(real);
    if (ownFolder(real) !== undefined) skip(path, "the store's own");
    else if (status.isFile()) found.sources.push({ name: path, read: () => readFile(path) });
    else if (status.isDirectory()) await visitFolder(path);
    else skip(path, "no file");
  }

  async function visitFolder(folder: string): Promise<void> {
    const names = await readdir(folder);
    for (const name of names.toSorted()) {
      const path = join(folder, name);
      if (name.startsWith(".")) skip(path, "hidden");
      else await visit(path).catch((error: unknown) => skip(path, reasonOf(error)));
    }
  }

  function skip(path: string, reason: string): void {
    found.skipped.push({ name: path, reason });
  }

  const missing = await Promise.all(paths.map((path) => lstat(path).then(() => undefined, reasonOf)));
  const mistakes = missing.flatMap((reason, index) =>
    reason === undefined ? [] : `  ${paths[index]}: ${reason}`,
  );
  if (mistakes.length > 0) throw cannotRead(mistakes);
  for (const path of paths) {
    await visit(path).catch((error: unknown) => {
      throw cannotRead([`  ${path}: ${reasonOf(error)}`]);
    });
  }
  return found;
}

function cannotRead(mistakes: string[]): StartError {
  return new StartError(`Nothing was added, for these cannot be read:\n${mistakes.join("\n")}`);
}
