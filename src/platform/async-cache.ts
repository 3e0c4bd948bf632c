/** Shares the results of asynchronous work, by key. */
export interface AsyncCache<T> {
  /** Returns a result that is kept or in progress, always as the same promise, or else starts `work`. */
  load(key: string, work: () => Promise<T>): Promise<T>;
  /** Drops the results whose keys match. Calls that already wait for work in progress still get its result; later ones do not. */
  forget(matches: (key: string) => boolean): void;
}

interface Options {
  /**
   * How long a result is kept after its work has ended, in milliseconds. Default 0: only work in progress is shared. A lifetime of
   * `times` the duration of the work, at most `max` milliseconds, limits the share of time spent working.
   */
  lifetime?: number | { times: number; max: number };
  /** How long a rejection is kept, in milliseconds. Default 0: the next call tries again. */
  failureLifetime?: number;
  /**
   * What a call gets while work is in progress. "running" (default): the result of that work. "next": the result of another run
   * after it, which sees everything that was written before the call. Use "next" without a lifetime.
   */
  share?: "running" | "next";
  /** Milliseconds, from any origin. */
  now?: () => number;
}

interface Entry<T> {
  result: Promise<T>;
  isRunning: boolean;
  /** When the result expires, by `now`. Not set while the work is in progress. */
  expiresAt: number;
  /** The result of the next run, if a call waits for it. */
  next?: Promise<T>;
}

/** Creates an empty cache. */
export function asyncCache<T>({
  lifetime = 0,
  failureLifetime = 0,
  share = "running",
  now = () => performance.now(),
}: Options = {}): AsyncCache<T> {
  const entries = new Map<string, Entry<T>>();
  const lifetimeAfter = (duration: number): number =>
    typeof lifetime === "number" ? lifetime : Math.min(duration * lifetime.times, lifetime.max);

  function start(key: string, work: () => Promise<T>): Promise<T> {
    const started = now();
    const entry: Entry<T> = { result: work(), isRunning: true, expiresAt: 0 };
    const keepFor = (milliseconds: number): void => {
      entry.isRunning = false;
      entry.expiresAt = now() + milliseconds;
      if (milliseconds === Number.POSITIVE_INFINITY) return;
      // Frees the memory even if nobody asks again.
      setTimeout(() => {
        if (entries.get(key) === entry) entries.delete(key);
      }, milliseconds).unref();
    };
    entries.set(key, entry);
    entry.result.then(
      () => keepFor(lifetimeAfter(now() - started)),
      () => keepFor(failureLifetime),
    );
    return entry.result;
  }

  function startAfter(entry: Entry<T>, key: string, work: () => Promise<T>): Promise<T> {
    const startNext = (): Promise<T> => {
      const current = entries.get(key);
      // Another call may have started the next run first.
      return current === undefined || current === entry ? start(key, work) : current.result;
    };
    return entry.result.then(startNext, startNext);
  }

  return {
    load(key, work) {
      const entry = entries.get(key);
      if (entry === undefined || (!entry.isRunning && now() >= entry.expiresAt)) return start(key, work);
      if (!entry.isRunning || share === "running") return entry.result;
      return (entry.next ??= startAfter(entry, key, work));
    },

    forget(matches) {
      for (const key of entries.keys()) if (matches(key)) entries.delete(key);
    },
  };
}
