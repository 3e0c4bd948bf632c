import type { Log } from "../platform/log.ts";
import { ConditionFailedError } from "../object-store/object-store.ts";

/** Assumed before the first PUT; about what S3 takes. */
const INITIAL_PUT_MS = 60;
const MAX_PUT_MS = 1_000;
/** Weight of the last PUT in the average duration of the writer's PUTs. */
const NEWEST_SHARE = 0.2;
/** A PUT that takes longer than this many average ones is given up … */
const PATIENCE_PUTS = 8;
/** … but not before this many milliseconds, because a fast store may pause now and then. */
const MIN_PATIENCE_MS = 500;
/** Longest pause after a failure of the store. */
const MAX_BACKOFF_MS = 2_000;

/** Longest pause of a writer after a win, in PUT times. */
const MAX_PAUSE_PUTS = 4;
/** Number of wins after which a writer that never loses pauses, in case others are waiting. */
const PROBE_INTERVAL_WINS = 8;
const PROBE_PAUSE_PUTS = 0.5;

/** Lost races before the first warning. Normal contention loses a few; this many mean a server that refuses every write. */
const FIRST_WARNING_RACES = 100;

interface ContentionOptions {
  /** Returns a number from 0 up to, not including, 1. */
  random: () => number;
  log: Log;
  /** The contended file, as the log names it. */
  file: string;
}

/** Paces a writer that competes for an object with conditional PUTs (I7). The rules are in docs/design/append-log.md#contention. */
export function contention({ random, log, file }: ContentionOptions) {
  let putTime = INITIAL_PUT_MS;
  let isMeasured = false;
  let losses = 0;
  let failures = 0;
  let wins = 0;
  /** Length of the pause after each win, in PUT times. */
  let pausePuts = 0;

  return {
    /** Records a commit as won. @param putMs duration of its PUT in milliseconds; undefined if it needed none */
    recordCommit(putMs = 0): void {
      if (putMs > 0) {
        // Bounded, so that one PUT that hangs does not slow down this writer for minutes.
        putTime += (Math.min(putMs, MAX_PUT_MS) - putTime) * (isMeasured ? NEWEST_SHARE : 1);
        isMeasured = true;
      }
      wins += 1;
      pausePuts = losses > 0 ? Math.min(pausePuts + losses, MAX_PAUSE_PUTS) : Math.max(pausePuts - 0.5, 0);
      losses = 0;
      failures = 0;
    },

    /** Records a commit that failed. Returns why: another writer was faster ("lost"), or the store failed. */
    recordFailure(error: unknown): "lost" | "failed" {
      if (!(error instanceof ConditionFailedError)) {
        failures += 1;
        return "failed";
      }
      losses += 1;
      // At 100, 1,000, 10,000 …, so that the log is not flooded.
      if (losses >= FIRST_WARNING_RACES && Number.isInteger(Math.log10(losses)))
        log.warn(
          { file, lost: losses },
          "nothing was written: other writers were faster every time; retrying",
        );
      return "lost";
    },

    /** Average duration of a PUT, in milliseconds. */
    putTime: () => putTime,

    /** Milliseconds after which a PUT is given up. Grows with every failure, because the store may have become slow. */
    patience: () => Math.max(putTime * PATIENCE_PUTS, MIN_PATIENCE_MS) * 2 ** failures,

    /** Number of races lost in a row. */
    lostRaces: () => losses,

    /**
     * Milliseconds to wait before the next commit.
     * @param isFixed whether the ring decides when that commit is; then this pauses only after failures
     */
    pause(isFixed = false): number {
      if (failures > 0) return Math.min(putTime * 2 ** failures, MAX_BACKOFF_MS) * random();
      if (isFixed) return 0;
      if (losses > 0) return (putTime * random()) / losses ** 2;
      // A pause of less than one PUT time lets nobody through.
      if (pausePuts > 0) return putTime * Math.max(pausePuts, 1);
      return wins % PROBE_INTERVAL_WINS === 0 ? putTime * PROBE_PAUSE_PUTS : 0;
    },

    /** Whether others are writing too. */
    contended: () => pausePuts > 0,
  };
}
