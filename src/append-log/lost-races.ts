import type { Log } from "../platform/log.ts";

/** A writer that takes turns loses a few; this many tell of a server that refuses every write, or of very many writers. */
const FIRST_WARNING = 100;

/**
 * Warns at 100 races lost in a row, at 1,000, 10,000 …, so that a log is not flooded.
 * @param file what could not be written: a table's name, or the object's folder
 */
export function warnOfLostRaces(log: Log, file: string, lost: number): void {
  if (lost >= FIRST_WARNING && Number.isInteger(Math.log10(lost)))
    log.warn({ file, lost }, "other writers were faster every time; nothing could be written meanwhile");
}
