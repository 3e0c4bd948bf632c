/** Time that a test can put forward, and what is to happen when some has passed. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Lets so many milliseconds pass at once; what falls due happens before this returns, in its order. */
  advance(milliseconds: number): void;
  /** Calls back after so many milliseconds; returns what calls that off. */
  after(milliseconds: number, act: () => void): () => void;
  /** Calls everything off. */
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
      set(alarm);
      return () => cancel(alarm);
    },
    close() {
      for (const alarm of alarms) cancel(alarm);
    },
  };
}
