import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { Row } from "./csv.ts";
import { ConditionFailedError, type ObjectStore } from "./object-store.ts";
import { partSequence, type Table } from "./part-sequence.ts";
import { turnTaking } from "./turn-taking.ts";

/** How long a row is tried to be written before its job goes back to the queue, in milliseconds. */
const PATIENCE = 20_000;

export interface AppendFile {
  /**
   * Resolves when the row is durable; a row whose id is there already stays as it is. Rejects when the store would not
   * take it for 20 seconds; it may then be there all the same, and appending it again does no harm.
   */
  append(row: Row): Promise<void>;
}

export interface AppendOptions {
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 up to, not including, 1. */
  random: () => number;
}

interface Pending {
  row: Row;
  since: number;
  done: PromiseWithResolvers<void>;
}

/**
 * Appends rows to CSV parts by group commit: rows that arrive while a PUT is under way go together with the next. Any
 * number of writers may append to one store. Make one in a process.
 */
export function appendFile(store: ObjectStore, table: Table, options: AppendOptions): AppendFile {
  const { log, now, random } = options;
  const parts = partSequence(store, table, now);
  const turns = turnTaking(random);
  const pending = new Map<string, Pending>();
  let stale = true;
  let running = false;

  /** Writes all that is pending, and resolves with it. */
  async function commit(): Promise<Pending[]> {
    if (stale) await parts.refresh();
    // Until all has gone well nobody knows what is in the store.
    stale = true;
    const batch = [...pending.values()];
    const rows = await parts.missing(batch.map(({ row }) => row));
    const started = now();
    if (rows.length > 0) await parts.append(rows);
    turns.won(now() - started);
    stale = false;
    return batch;
  }

  /** 412, 409, 5xx and time-outs are one case: look what is there, and try again. */
  function recover(error: unknown): void {
    if (error instanceof ConditionFailedError) turns.lost();
    else {
      turns.failed();
      log.warn({ err: error, prefix: table.prefix }, "rows could not be written; trying again");
    }
    for (const [id, { since, done }] of pending) {
      if (now() - since < PATIENCE) continue;
      pending.delete(id);
      done.reject(new Error("the row could not be written in time", { cause: error }));
    }
  }

  async function run(): Promise<void> {
    while (pending.size > 0) {
      try {
        for (const { row, done } of await commit()) {
          pending.delete(row.id);
          done.resolve();
        }
      } catch (error) {
        recover(error);
      }
      const pause = turns.pause();
      // Others will have written meanwhile.
      if (turns.crowded()) stale = true;
      if (pause > 0) await wait(pause);
    }
    running = false;
  }

  return {
    append(row) {
      const waiting = pending.get(row.id);
      if (waiting !== undefined) return waiting.done.promise;
      const entry = { row, since: now(), done: Promise.withResolvers<void>() };
      pending.set(row.id, entry);
      if (!running) {
        running = true;
        void run();
      }
      return entry.done.promise;
    },
  };
}
