import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Locks a folder until the returned function is called or the process ends. SQLite holds the operating system's lock, so a
 * killed process releases it.
 * @throws Error with instructions when another local Discord has the lock
 */
export function lockFolder(folder: string): () => void {
  const database = new DatabaseSync(join(folder, ".lock"));
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if (!isBusy(cause)) throw cause;
    throw new Error(`Another local Discord is using ${folder}. Stop it first, or use another folder.`, {
      cause,
    });
  }
  return () => database.close();
}

/** @see https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}
