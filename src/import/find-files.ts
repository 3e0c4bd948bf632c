import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../start-error.ts";

export interface FoundFiles {
  files: string[];
  /** What was passed over in folders, with the reason. */
  skipped: { path: string; reason: string }[];
}

/**
 * The files that these paths name, and those in the folders that they name, however deep; each file and folder once,
 * whichever links lead to it. A hidden file or folder counts only when it is named itself.
 * @throws StartError when one of the paths does not exist or cannot be read
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], skipped: [] };
  const seen = new Set<string>();

  async function visit(path: string): Promise<void> {
    const real = await realpath(path);
    if (seen.has(real)) return;
    seen.add(real);
    const status = await stat(real);
    if (status.isFile()) found.files.push(path);
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
    found.skipped.push({ path, reason });
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

const REASONS: Record<string, string> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  ELOOP: "a link that leads to itself",
  EACCES: "may not be read",
  EPERM: "may not be read",
};

/** Of an error of the file system. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS[code] ?? error.message;
}
