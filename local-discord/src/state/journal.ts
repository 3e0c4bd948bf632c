import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { lockFolder } from "./lock.ts";

const journalLine = z.object({ key: z.string(), value: z.unknown() });

/** Of a folder that is made: what people have said is for nobody else on the machine to read. */
const OWNER_ONLY_MODE = 0o700;

/** What must survive a restart, as values by key. */
export interface Journal {
  /** What earlier runs left behind, in the order in which the keys were first put. Read it while starting. */
  restored: ReadonlyMap<string, unknown>;
  /** `null` deletes. When this returns, the line outlives a kill of the process. */
  put(key: string, value: unknown): void;
  close(): void;
}

export function memoryJournal(): Journal {
  return { restored: new Map(), put() {}, close() {} };
}

/**
 * An append-only file of JSON lines, rewritten at every start to what still counts. Throws when it is damaged, or when
 * another process has it.
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
    // One synchronous write a line keeps the order and needs no flush at the end; the system holds it from then on.
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
  // What follows the last line break is nothing, or a line that a kill has torn.
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
      `The journal of the local Discord is damaged at ${place}. Move it away to start afresh.`,
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
  const aside = `${path}.new`;
  const file = openSync(aside, "w");
  for (const [key, value] of values) appendFileSync(file, line(key, value));
  fsyncSync(file);
  closeSync(file);
  renameSync(aside, path);
}
