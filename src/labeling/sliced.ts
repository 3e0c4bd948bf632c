/** Long work that yields every few milliseconds, so that its caller can do other things in between. */
export type Sliced<T> = Generator<void, T, void>;

/** Names per slice of work. */
const SLICE = 1 << 10;

/** The index of each name in a list. */
export function* indexesSliced(names: readonly string[]): Sliced<Map<string, number>> {
  const indexes = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    indexes.set(name, index);
    if (index % SLICE === 0) yield;
  }
  return indexes;
}

/** Runs sliced work without pauses. */
export function runAtOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
