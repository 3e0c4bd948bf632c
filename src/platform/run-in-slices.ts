import { setImmediate } from "node:timers/promises";

/** Milliseconds after which others come to their turn: what people wait for, such as presses, must not stand still meanwhile. */
const LONGEST_PIECE = 10;

/** Does work that would block the thread for long, with pauses in which everything that waits for it is done. */
export async function runInSlices<T>(steps: Generator<void, T, void>): Promise<T> {
  for (;;) {
    const until = performance.now() + LONGEST_PIECE;
    do {
      const { done, value } = steps.next();
      if (done === true) return value;
    } while (performance.now() < until);
    await setImmediate();
  }
}
