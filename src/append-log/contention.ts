import type { Log } from "../platform/log.ts";
import { ConditionFailedError } from "../object-store/object-store.ts";

/** Assumed before the first PUT; about what S3 takes. */
const INITIAL_PUT_MS = 60;
const MAX_PUT_MS = 1_000;
const MAX_BACKOFF_MS = 2_000;

/** Pause of a writer after a win, in PUT times. */
const MAX_TURNS = 4;
/** A writer that never loses pauses after every so many wins, in case others are waiting. */
const PROBE_INTERVAL = 8;
const PROBE_TURNS = 0.5;

/** Lost races before the first warning. Normal contention loses a few; this many mean a server that refuses every write. */
const FIRST_WARNING = 100;

export interface Contention {
  /** Call after a commit, with the duration of its PUT in milliseconds. */
  won(putTime: number): void;
  /** Call after a failed commit. @returns whether another writer was faster or the store failed */
  lost(error: unknown): "lost" | "failed";
  /** Races lost in a row. */
  lostRaces(): number;
  /** Milliseconds to wait before the next commit. */
  pause(): number;
  /** Whether others are writing too. */
  contended(): boolean;
}

interface ContentionOptions {
  /** Returns a number from 0 up to, not including, 1. */
  random: () => number;
  log: Log;
  /** The contended file, as the log names it. */
  file: string;
}

/**
 * Paces a writer that competes for an object by compare-and-swap (I7). Whoever wins knows the new ETag first and would keep
 * winning. So a winner pauses for one PUT per race it had lost before, a writer that has lost more often waits less, and a
 * writer that never loses, and so cannot know of others, pauses now and then. See docs/design/append-log.md for the numbers.
 */
export function contention({ random, log, file }: ContentionOptions): Contention {
  let putTime = INITIAL_PUT_MS;
  let losses = 0;
  let failures = 0;
  let wins = 0;
  /** PUT times to leave to others after each win. */
  let turns = 0;

  function pauseAfterWin(): number {
    // Less than one PUT time lets nobody through.
    if (turns > 0) return putTime * Math.max(turns, 1);
    return wins % PROBE_INTERVAL === 0 ? putTime * PROBE_TURNS : 0;
  }

  return {
    won(took) {
      // One PUT that hung, or a clock that was set, must not slow down this writer for longer than that.
      if (took > 0) putTime = Math.min(took, MAX_PUT_MS);
      wins += 1;
      turns = losses > 0 ? Math.min(turns + losses, MAX_TURNS) : Math.max(turns - 0.5, 0);
      losses = 0;
      failures = 0;
    },
    lost(error) {
      if (!(error instanceof ConditionFailedError)) {
        failures += 1;
        return "failed";
      }
      losses += 1;
      // At 100, 1,000, 10,000 …, so that the log is not flooded.
      if (losses >= FIRST_WARNING && Number.isInteger(Math.log10(losses)))
        log.warn(
          { file, lost: losses },
          "nothing was written: other writers were faster every time; retrying",
        );
      return "lost";
    },
    lostRaces: () => losses,
    pause() {
      if (failures > 0) return Math.min(putTime * 2 ** failures, MAX_BACKOFF_MS) * random();
      return losses > 0 ? (putTime * random()) / losses ** 2 : pauseAfterWin();
    },
    contended: () => turns > 0,
  };
}
