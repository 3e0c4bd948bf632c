import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../platform/start-error.ts";

const LOCK_FILE = ".lock";
/** SQLite's primary result codes. @see https://sqlite.org/rescode.html */
const BUSY = 5;
const READ_ONLY = 8;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/**
 * Locks a folder for this process. The lock is the exclusive transaction of an empty SQLite database, which is a lock of the
 * operating system and ends with the process.
 * @returns a function that unlocks the folder; keep it until then, because the lock also ends when it is garbage-collected
 * @throws StartError if another process holds the lock, or the lock file cannot be used
 */
export function lockFolder(folder: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
    takeLock(database);
  } catch (error) {
    database?.close();
    const reason = describeLockError(error, folder);
    throw reason === undefined ? error : new StartError(reason, { cause: error });
  }
  const locked = database;
  return () => locked.close();
}

/** Starts a transaction that is never committed. Its journal is in memory, so that there is no second file. */
function takeLock(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = MEMORY");
  database.exec("BEGIN EXCLUSIVE");
  // On a read-only file, SQLite silently starts a transaction that others can share; a write makes it fail.
  database.exec("PRAGMA user_version = 1");
}

/** Returns undefined for an error that is not SQLite's, or for an unknown reason. */
function describeLockError(error: unknown, folder: string): string | undefined {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  // The primary code is the lowest eight bits of an extended one.
  const kind = code & 255;
  const file = join(folder, LOCK_FILE);
  if (kind === BUSY)
    return `Another worker uses the store in ${folder}, and a folder takes only one: stop that worker, or set STORE_URL=s3://BUCKET/PREFIX for both, which takes any number.`;
  if (kind === READ_ONLY)
    return `The lock file of the store, ${file}, is read-only, so two workers could use the folder at once: make it writable for this user, or remove it while no worker runs.`;
  if (kind === CANNOT_OPEN || kind === NOT_A_DATABASE)
    return `The lock file of the store, ${file}, cannot be opened as an SQLite database: remove it while no worker runs, and make the folder writable. The next start creates it.`;
  return undefined;
}
