/**
 * Does work on a key once for all who ask while it is under way, and for those who ask soon after: within `times` as long as
 * it took, and `most` milliseconds. So however many ask, it takes a bounded share of the time, and what is found
 * quickly is hardly ever old. What fails is done again at once.
 */
export type Lasting<T> = (key: string, work: () => Promise<T>) => Promise<T>;

interface Options {
  times: number;
  /** Milliseconds. */
  most: number;
  /** Milliseconds. */
  now: () => number;
}

export function lasting<T>({ times, most, now }: Options): Lasting<T> {
  const kept = new Map<string, { result: Promise<T>; until: number }>();

  return (key, work) => {
    const before = kept.get(key);
    if (before !== undefined && now() < before.until) return before.result;
    const started = now();
    const entry = { result: work(), until: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    entry.result.then(
      () => (entry.until = now() + Math.min((now() - started) * times, most)),
      () => (entry.until = 0),
    );
    return entry.result;
  };
}
