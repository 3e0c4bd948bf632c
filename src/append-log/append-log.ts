import { setTimeout as waitForMilliseconds } from "node:timers/promises";
import { withDeadline } from "../platform/deadline.ts";
import { describeError } from "../platform/describe-error.ts";
import type { Log } from "../platform/log.ts";
import { contention } from "./contention.ts";
import type { Row } from "./csv.ts";
import { erasedRows, type OwnedRow } from "./erasure/erased-rows.ts";
import type { IdCache } from "./id-cache.ts";
import type { ObjectStore, StoredObject } from "../object-store/object-store.ts";
import { partSequence, type Table } from "./part-sequence.ts";
import { writerTurns } from "./await-turn.ts";

/** Milliseconds for which a write is retried. Then `append` rejects, the handler throws, and the queue redelivers the job. */
export const RETRY_DEADLINE_MS = 20_000;

export type AppendOutcome =
  /** The row is in the file now. */
  | "written"
  /** The row was there when this writer last read that part; it may have been erased since. */
  | "present"
  /** Not written: the row's person has asked for erasure since the id was made that the row is based on, which is usually its own. */
  | "erased";

export interface AppendLog {
  /**
   * Resolves when the row is durable (I5). A row whose id is in the file is not written again (I8). Rejects after 20 seconds;
   * the row may be in the file then, or appear later, and appending it again does no harm.
   * @param tombstone name of the person's tombstone; a row without one is never erased
   * @param basis id that erasures are compared with; by default the row's own
   */
  append(row: Row, tombstone?: string, basis?: string): Promise<AppendOutcome>;
  /** Looks in the store for a row with this id. */
  has(id: string): Promise<boolean>;
  /** The last part as this writer last read or wrote it; undefined before that. Makes no request, and may be out of date. */
  lastSeen(): SeenPart | undefined;
}

/** A version of a part. */
export interface SeenPart {
  number: number;
  stored: StoredObject;
}

/** Observes group commits. A file is named by its prefix without the slash. */
export interface CommitObserver {
  committed(file: string, rows: number, milliseconds: number): void;
  /** Another writer was faster ("lost"), or the store failed. The commit is retried. */
  notCommitted(file: string, reason: "lost" | "failed"): void;
  /** Called with the number of appended rows that were in the file already. */
  duplicated(file: string, rows: number): void;
}

export interface AppendOptions {
  log: Log;
  observe?: CommitObserver | undefined;
  /** Returns milliseconds since 1970. */
  now: () => number;
  /** Returns a number from 0 up to, not including, 1. */
  random: () => number;
  /** Milliseconds for which a write is retried. Default: 20,000. */
  deadline?: number;
  wait?: (milliseconds: number) => Promise<void>;
  /** Returns milliseconds of a clock that is never set. Default: the process's. */
  clock?: () => number;
  /** Settles like the work, but rejects if that takes longer than this many milliseconds. */
  inTime?: <T>(milliseconds: number, work: Promise<T>) => Promise<T>;
  /** Bounds the memory for ids. By default each append log has a separate cache. */
  ids?: IdCache | undefined;
}

interface Pending extends OwnedRow {
  done: PromiseWithResolvers<AppendOutcome>;
  timer: NodeJS.Timeout;
}

/**
 * Appends rows to CSV parts by group commit: rows that arrive during a PUT are written together with the next one. Any number
 * of processes may append to one store; create one append log per process and table. README.md lists the invariants.
 */
export function appendLog(store: ObjectStore, table: Table, options: AppendOptions): AppendLog {
  const { log, observe, random, deadline = RETRY_DEADLINE_MS, wait = waitForMilliseconds } = options;
  const { clock = () => performance.now(), inTime = (ms, work) => withDeadline(ms, () => work) } = options;
  const file = table.prefix.slice(0, -1);
  const parts = partSequence(store, table, options);
  const findErased = erasedRows(store);
  const pacing = contention({ random, log, file });
  const pending = new Map<string, Pending>();
  const turns = writerTurns({ parts, putTime: pacing.putTime, clock, wait, random });
  let stale = true;
  let running = false;
  /** The store's last error since the last commit, or since there was nothing to write. */
  let lastFailure: unknown;

  function settle(entry: Pending, outcome: AppendOutcome | Error): void {
    clearTimeout(entry.timer);
    if (pending.get(entry.row.id) === entry) pending.delete(entry.row.id);
    if (outcome instanceof Error) entry.done.reject(outcome);
    else entry.done.resolve(outcome);
  }

  /**
   * Writes rows. Resolves with the milliseconds that the PUT took.
   * @throws also when the PUT takes too long. It is not awaited then, and may land later, as after any error (I6).
   */
  async function put(rows: readonly Row[]): Promise<number> {
    const began = clock();
    const patience = pacing.patience();
    await parts.append(rows, turns.note(rows.length), (sent) => inTime(patience, sent));
    turns.committed(began);
    return clock() - began;
  }

  /** Writes all pending rows. */
  async function commit(): Promise<void> {
    const began = clock();
    if (stale) await turns.refresh();
    // I6: the view counts as stale until this commit has succeeded.
    stale = true;
    await turns.arrive();
    const batch = [...pending.values()];
    const missing = new Set(await parts.missing(batch.map(({ row }) => row)));
    // I11: after the last part was read, and before the PUT.
    const refused = await findErased(
      batch.filter(({ row }) => missing.has(row)),
      parts.target(),
    );
    const rows = [...missing].filter((row) => !refused.has(row));
    const putMs = rows.length === 0 ? undefined : await put(rows);
    pacing.recordCommit(putMs);
    stale = false;
    lastFailure = undefined;
    if (rows.length > 0) observe?.committed(file, rows.length, clock() - began);
    if (missing.size < batch.length) observe?.duplicated(file, batch.length - missing.size);
    const written = new Set(rows);
    for (const entry of batch)
      settle(entry, refused.get(entry.row) ?? (written.has(entry.row) ? "written" : "present"));
  }

  function deadlineError(): Error {
    const lost = pacing.lostRaces();
    const reasons: string[] = [];
    if (lastFailure !== undefined) reasons.push(describeError(lastFailure));
    if (lost > 0) reasons.push(`other writers were faster ${lost} times in a row`);
    const why = reasons.join("; ") || "the store has not answered";
    return new Error(`the row could not be written in time: ${why}`, { cause: lastFailure });
  }

  async function run(): Promise<void> {
    lastFailure = undefined;
    while (pending.size > 0) {
      try {
        await commit();
      } catch (error) {
        const reason = pacing.recordFailure(error);
        observe?.notCommitted(file, reason);
        if (reason === "failed") {
          lastFailure = error;
          log.warn({ err: error, prefix: table.prefix }, "rows could not be written; retrying");
        }
      }
      const fixed = turns.areFixed();
      const pause = pacing.pause(fixed);
      // Another writer has probably written in the meantime.
      if (pacing.contended() && !fixed) stale = true;
      if (pause > 0) await wait(pause);
    }
    running = false;
  }

  function enqueue(owned: OwnedRow): Pending {
    const { row } = owned;
    const done = Promise.withResolvers<AppendOutcome>();
    const timer = setTimeout(() => settle(entry, deadlineError()), deadline);
    const entry = { ...owned, done, timer };
    pending.set(row.id, entry);
    return entry;
  }

  return {
    append(row, tombstone, basis = row.id) {
      const { done } = pending.get(row.id) ?? enqueue({ row, tombstone, basis });
      if (!running) {
        running = true;
        void run();
      }
      return done.promise;
    },

    async has(id) {
      // A separate view, because the writer's view must not change between its check and its PUT.
      const view = partSequence(store, table, { now: options.now });
      await view.refresh();
      return (await view.missing([{ id }])).length === 0;
    },

    lastSeen() {
      const [number, stored] = [parts.number(), parts.version()];
      return number === undefined || stored === undefined ? undefined : { number, stored };
    },
  };
}
