import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { lockFolder } from "./lock.ts";

const journalLine = z.object({ key: z.string(), value: z.unknown() });

/** Mode of a new folder: other users of the machine must not read the messages. */
const OWNER_ONLY_MODE = 0o700;

/** Values by key that survive a restart. */
export interface Journal {
  /** Values of earlier runs, in the order in which their keys were first written. Read them only while starting. */
  restored: ReadonlyMap<string, unknown>;
  /** Writes a value; `null` deletes it. Once this returns, the value survives a kill of the process. */
  put(key: string, value: unknown): void;
  close(): void;
}

export function memoryJournal(): Journal {
  return { restored: new Map(), put() {}, close() {} };
}

/**
 * Opens a journal in an append-only file of JSON lines, which is compacted at every start.
 * @throws Error with instructions when the file is damaged, or another process uses the folder
 */
export function fileJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_MODE });
  const unlock = lockFolder(folder);
  try {
    return openJournal(join(folder, "journal.jsonl"), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function openJournal(path: string, unlock: () => void): Journal {
  const restored = readJournal(path);
  compact(path, restored);
  const file = openSync(path, "a");
  return {
    restored,
    // One synchronous write per line keeps the order, and the operating system has the line even if the process is killed.
    put: (key, value) => appendFileSync(file, line(key, value)),
    close() {
      closeSync(file);
      unlock();
    },
  };
}

function line(key: string, value: unknown): string {
  return `${JSON.stringify({ key, value })}\n`;
}

function readJournal(path: string): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const lines = readIfExists(path).split("\n");
  // Drops the text after the last line break: it is empty, or an incomplete line from a killed process.
  lines.pop();
  for (const [index, text] of lines.entries()) {
    const { key, value } = parseLine(text, `${path}:${index + 1}`);
    if (value === null) values.delete(key);
    else values.set(key, value);
  }
  return values;
}

function parseLine(text: string, place: string): z.infer<typeof journalLine> {
  try {
    return journalLine.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `The journal of the local Discord is damaged at ${place}. Move the file away to start without its data.`,
      {
        cause,
      },
    );
  }
}

function readIfExists(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

function compact(path: string, values: ReadonlyMap<string, unknown>): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w");
  for (const [key, value] of values) appendFileSync(file, line(key, value));
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
}
