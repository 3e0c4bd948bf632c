import { setImmediate } from "node:timers/promises";

/** Short enough that what people wait for, such as a press, is not delayed noticeably. */
const SLICE_MS = 10;

/**
 * Runs long work in slices of 10 ms, so that it does not block the thread: after each slice, other events are handled first.
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
