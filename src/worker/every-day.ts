import { setTimeout as waitForMilliseconds } from "node:timers/promises";

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Does something in the background: now, and then once a day. Does not keep the process alive. Disposing of it aborts the signal, and
 * waits for the work to end.
 */
export function everyDay(work: (signal: AbortSignal) => Promise<void>): AsyncDisposable {
  const stop = new AbortController();
  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await work(stop.signal);
      await pause(DAY_MS, stop.signal);
    }
  }
  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

/** Waits, but not longer than the work goes on. Does not keep the process alive. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await waitForMilliseconds(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}
