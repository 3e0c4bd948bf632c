/** Time that a test can put forward, and what is to happen when some has passed. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number;
  /**
   * Lets so many milliseconds pass at once; what falls due happens before this returns, in its order. Throws for less than
   * none.
   */
  advance(milliseconds: number): void;
  /** Calls back after so many milliseconds, if it is not closed; returns what calls that off. */
  after(milliseconds: number, act: () => void): () => void;
  /** Calls everything off, also what comes later. */
  close(): void;
}

interface Alarm {
  due: number;
  act: () => void;
  timer?: NodeJS.Timeout;
}

export function clock(): Clock {
  const alarms = new Set<Alarm>();
  let ahead = 0;
  let closed = false;
  const now = () => Date.now() + ahead;

  function cancel(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    alarms.delete(alarm);
  }

  function set(alarm: Alarm): void {
    alarms.add(alarm);
    alarm.timer = setTimeout(() => {
      cancel(alarm);
      alarm.act();
    }, alarm.due - now());
  }

  return {
    now,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new Error(`Time advances by 0 milliseconds or more, and not by ${milliseconds}.`);
      }
      ahead += milliseconds;
      for (const alarm of [...alarms].toSorted((a, b) => a.due - b.due)) {
        // One that rang may have called off another.
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
