import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Keeps other local Discords away from this folder until the returned function is called, or the process ends in whatever
 * way: the lock is the system's, by way of SQLite. Throws a sentence for people when one is there already.
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

/** https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}
