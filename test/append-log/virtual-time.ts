import { setImmediate } from "node:timers/promises";

export interface VirtualTime {
  /** Milliseconds since the start. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
  /** Lets time pass until the work is done. @throws if nothing is left to wait for before that */
  run: <T>(work: Promise<T>) => Promise<T>;
}

/** A clock that jumps to the next moment for which something waits, once nothing else can continue. */
export function virtualTime(): VirtualTime {
  /** Sorted by time, the next one last. */
  const timers: { at: number; resume: () => void }[] = [];
  let time = 0;

  return {
    now: () => time,

    wait: (milliseconds) =>
      new Promise<void>((resume) => {
        const at = time + Math.max(milliseconds, 0);
        // From the end, because most waits are short.
        timers.splice(timers.findLastIndex((timer) => timer.at > at) + 1, 0, { at, resume });
      }),

    async run(work) {
      let done = false;
      const settled = work.finally(() => (done = true));
      settled.catch(() => {});
      for (;;) {
        await setImmediate();
        if (done) return settled;
        const next = timers.pop();
        if (next === undefined) throw new Error("nothing is left to wait for");
        time = next.at;
        next.resume();
      }
    },
  };
}
