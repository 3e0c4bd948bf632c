/** Long work that yields every few milliseconds, so that its caller can do other things in between. */
export type Sliced<T> = Generator<void, T, void>;

/** Runs sliced work without pauses. */
export function runAtOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
