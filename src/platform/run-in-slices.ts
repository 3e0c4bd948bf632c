import { setImmediate } from "node:timers/promises";

/** Short enough that nobody notices the delay, for example after pressing a button. */
const SLICE_MS = 10;

/**
 * Runs long work in slices of 10 ms. Between them, the event loop handles other events.
 * @param steps work that yields every few milliseconds or more often
 */
export async function runInSlices<T>(steps: Generator<void, T, void>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const { done, value } = steps.next();
      if (done === true) return value;
    } while (performance.now() < until);
    await setImmediate();
  }
}
