import { clearRealTimeout, realNow, setRealTimeout } from "../real-time.ts";

/** A clock with alarms that a test can move forward. */
export interface Clock {
  /** Current time in milliseconds since 1970. */
  now: () => number;
  /**
   * Time for ids and timestamps, in milliseconds since 1970. With a fixed start, it moves with advance() alone, so that it is the
   * same in each run; else it is the current time.
   */
  stamp: () => number;
  /**
   * Moves the clock forward. Alarms that become due ring before this returns, in the order of their times.
   * @throws Error for a negative number
   */
  advance(milliseconds: number): void;
  /** Sets an alarm; returns a function that cancels it. Does nothing after close(). */
  after(milliseconds: number, act: () => void): () => void;
  /** Cancels all alarms, and ignores later ones. */
  close(): void;
}

interface Alarm {
  due: number;
  act: () => void;
  timer?: NodeJS.Timeout;
}

/** @param start first time of the clock, in milliseconds since 1970; default: the current time */
export function clock(start?: number): Clock {
  const alarms = new Set<Alarm>();
  let ahead = 0;
  let closed = false;
  const offset = start === undefined ? 0 : start - realNow();
  const now = () => realNow() + offset + ahead;

  function cancel(alarm: Alarm): void {
    clearRealTimeout(alarm.timer);
    alarms.delete(alarm);
  }

  function set(alarm: Alarm): void {
    alarms.add(alarm);
    alarm.timer = setRealTimeout(() => {
      cancel(alarm);
      alarm.act();
    }, alarm.due - now());
  }

  return {
    now,
    stamp: start === undefined ? now : () => start + ahead,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new Error(`The clock advances by 0 milliseconds or more, not by ${milliseconds}.`);
      }
      ahead += milliseconds;
      for (const alarm of [...alarms].toSorted((a, b) => a.due - b.due)) {
        // An alarm that rang may have cancelled this one.
        if (!alarms.has(alarm)) continue;
        cancel(alarm);
        if (alarm.due <= now()) alarm.act();
        else set(alarm);
      }
    },
    after(milliseconds, act) {
      const alarm = { due: now() + milliseconds, act };
      if (!closed) set(alarm);
      return () => cancel(alarm);
    },
    close() {
      closed = true;
      for (const alarm of alarms) cancel(alarm);
    },
  };
}
