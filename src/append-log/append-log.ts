import { setTimeout as waitForMilliseconds } from "node:timers/promises";
import type { Log } from "../platform/log.ts";
import type { Row } from "./csv.ts";
import { erasedRows } from "./erasure/erased-rows.ts";
import { warnOfLostRaces } from "./lost-races.ts";
import { ConditionFailedError, type ObjectStore } from "../object-store/object-store.ts";
import { partSequence, type Table } from "./part-sequence.ts";
import { contention } from "./contention.ts";
import { describeError } from "../platform/describe-error.ts";

/** How long a row is tried to be written before its job goes back to the queue, in milliseconds. */
const PATIENCE = 20_000;

/** It is there now; it is or was there before, as far as this writer knows; its person has asked to be forgotten since. */
export type Appended = "written" | "present" | "erased";

export interface AppendLog {
  /**
   * Resolves when the row is durable; a row whose id is there already stays as it is, and one that is forgotten is not
   * written. Rejects after 20 seconds; the row may then be there all the same, or come yet, and appending it again does no
   * harm.
   * @param tombstone of the person whose row it is; a row without one is never forgotten
   */
  append(row: Row, tombstone?: string): Promise<Appended>;
  /** Whether a row with this id is there, by a look at the store. */
  has(id: string): Promise<boolean>;
}

/** Told of group commits to the file with this name, which is its prefix without the slash. */
export interface CommitObserver {
  committed(file: string, rows: number, milliseconds: number): void;
  /** Another writer was faster, or the store failed; it is tried again. */
  notCommitted(file: string, reason: "lost" | "failed"): void;
  /** So many rows were there already. */
  duplicated(file: string, rows: number): void;
}

export interface AppendOptions {
  log: Log;
  observe?: CommitObserver | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 up to, not including, 1. */
  random: () => number;
  /** Milliseconds until a row is given up; 20,000 unless told. */
  patience?: number;
  wait?: (milliseconds: number) => Promise<void>;
}

interface Pending {
  row: Row;
  tombstone: string | undefined;
  done: PromiseWithResolvers<Appended>;
  timer: NodeJS.Timeout;
}

/**
 * Appends rows to CSV parts by group commit: rows that arrive while a PUT is under way go together with the next. Any
 * number of writers may append to one store. Make one in a process.
 */
export function appendLog(store: ObjectStore, table: Table, options: AppendOptions): AppendLog {
  const { log, observe, now, random, patience = PATIENCE, wait = waitForMilliseconds } = options;
  const file = table.prefix.slice(0, -1);
  const parts = partSequence(store, table, now);
  const forgotten = erasedRows(store);
  const turns = contention(random);
  const pending = new Map<string, Pending>();
  let stale = true;
  let running = false;
  /** Since the last commit. */
  let lostRaces = 0;
  /** Since the last commit, or since there was nothing to write. */
  let lastFailure: unknown;

  function settle(entry: Pending, outcome: Appended | Error): void {
    clearTimeout(entry.timer);
    if (pending.get(entry.row.id) === entry) pending.delete(entry.row.id);
    if (outcome instanceof Error) entry.done.reject(outcome);
    else entry.done.resolve(outcome);
  }

  /** Writes all that is pending. */
  async function commit(): Promise<void> {
    const began = performance.now();
    if (stale) await parts.refresh();
    // Until all has gone well nobody knows what is in the store.
    stale = true;
    const batch = [...pending.values()];
    const missing = new Set(await parts.missing(batch.map(({ row }) => row)));
    // After the last look at the part, and before the PUT: a forgetting that this look misses makes the PUT fail.
    const refused = await forgotten(
      batch.filter(({ row }) => missing.has(row)),
      parts.target(),
    );
    const rows = [...missing].filter((row) => !refused.has(row));
    const started = now();
    if (rows.length > 0) await parts.append(rows);
    turns.won(now() - started);
    stale = false;
    lostRaces = 0;
    lastFailure = undefined;
    if (rows.length > 0) observe?.committed(file, rows.length, performance.now() - began);
    if (missing.size < batch.length) observe?.duplicated(file, batch.length - missing.size);
    const written = new Set(rows);
    for (const entry of batch)
      settle(entry, refused.get(entry.row) ?? (written.has(entry.row) ? "written" : "present"));
  }

  /** 412, 409, 5xx and time-outs are one case: look what is there, and try again. */
  function recover(error: unknown): void {
    const lost = error instanceof ConditionFailedError;
    observe?.notCommitted(file, lost ? "lost" : "failed");
    if (lost) {
      turns.lost();
      lostRaces += 1;
      warnOfLostRaces(log, file, lostRaces);
    } else {
      turns.failed();
      lastFailure = error;
      log.warn({ err: error, prefix: table.prefix }, "rows could not be written; trying again");
    }
  }

  /** Why nothing could be written since the last commit. */
  function late(): Error {
    const reasons = [
      ...(lastFailure === undefined ? [] : [describeError(lastFailure)]),
      ...(lostRaces === 0 ? [] : [`other writers were faster ${lostRaces} times in a row`]),
    ];
    const why = reasons.length === 0 ? "the store has not answered" : reasons.join("; ");
    return new Error(`the row could not be written in time: ${why}`, { cause: lastFailure });
  }

  async function run(): Promise<void> {
    lastFailure = undefined;
    while (pending.size > 0) {
      try {
        await commit();
      } catch (error) {
        recover(error);
      }
      const pause = turns.pause();
      // Others will have written meanwhile.
      if (turns.contended()) stale = true;
      if (pause > 0) await wait(pause);
    }
    running = false;
  }

  function enter(row: Row, tombstone: string | undefined): Pending {
    const giveUp = (): void => settle(entry, late());
    const entry = {
      row,
      tombstone,
      done: Promise.withResolvers<Appended>(),
      timer: setTimeout(giveUp, patience),
    };
    pending.set(row.id, entry);
    return entry;
  }

  return {
    append(row, tombstone) {
      const { done } = pending.get(row.id) ?? enter(row, tombstone);
      if (!running) {
        running = true;
        void run();
      }
      return done.promise;
    },

    async has(id) {
      // A view of its own: the writer's must not change between its look and its PUT.
      const view = partSequence(store, table, now);
      await view.refresh();
      return (await view.missing([{ id }])).length === 0;
    },
  };
}
