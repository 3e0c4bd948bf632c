/** Long work that stops after every little piece, at most some milliseconds of it; whoever runs it may do other things between. */
export type Sliced<T> = Generator<void, T, void>;

/** Where nobody else waits for the thread. */
export function allAtOnce<T>(steps: Sliced<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
