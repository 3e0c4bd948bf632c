import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../platform/start-error.ts";

const NAME = ".lock";
/** https://sqlite.org/rescode.html; the second is of a file that may not be written, the others of one that is none. */
const BUSY = 5;
const READ_ONLY = 8;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/**
 * Keeps this folder for one process. It is an empty SQLite database, whose exclusive transaction is a lock of the operating
 * system: whatever ends the process ends the lock.
 * @returns gives the folder free; must be kept until then, since what nobody holds is collected and gives it free as well
 * @throws StartError when another process has it, or the file of the lock cannot be used
 */
export function lockFolder(folder: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, NAME), { timeout: 0 });
    takeLock(database);
  } catch (error) {
    database?.close();
    const reason = reasonOf(error, folder);
    throw reason === undefined ? error : new StartError(reason, { cause: error });
  }
  const locked = database;
  return () => locked.close();
}

/** Nothing is ever committed, and nothing is left beside the file. */
function takeLock(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = MEMORY");
  database.exec("BEGIN EXCLUSIVE");
  // On a file that may only be read, SQLite begins a transaction that any number of others may share, and does not say so.
  database.exec("PRAGMA user_version = 1");
}

function reasonOf(error: unknown, folder: string): string | undefined {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  // The lowest eight bits of an extended code.
  const kind = code & 255;
  const file = join(folder, NAME);
  if (kind === BUSY)
    return `Another worker has the store in ${folder}, and a folder takes only one: stop that one, or let both use STORE_URL=s3://BUCKET/PREFIX, which takes any number.`;
  if (kind === READ_ONLY)
    return `The lock of the store, ${file}, may not be written, so two workers could take the folder at once: give the file to the user that runs this, or remove it while no worker runs.`;
  if (kind === CANNOT_OPEN || kind === NOT_A_DATABASE)
    return `The lock of the store, ${file}, cannot be opened as a file of SQLite: remove it while no worker runs, and let the folder be writable; it is made anew.`;
  return undefined;
}
