import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../start-error.ts";

const NAME = ".lock";
/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy */
const BUSY = 5;

/**
 * Keeps this folder for one process. It is an empty SQLite database, whose exclusive transaction is a lock of the operating
 * system: whatever ends the process ends the lock.
 * @returns gives the folder free
 * @throws StartError when another process has it
 */
export function lockFolder(folder: string): () => void {
  const database = new DatabaseSync(join(folder, NAME), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (isBusy(error)) throw new StartError(takenSentence(folder), { cause: error });
    throw error;
  }
  return () => database.close();
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === BUSY;
}

function takenSentence(folder: string): string {
  return `Another worker has the store in ${folder}, and a folder takes only one: stop that one, or let both use STORE_URL=s3://BUCKET/PREFIX, which takes any number.`;
}
