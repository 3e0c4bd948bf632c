/** Shares the results of asynchronous work, by key. */
export interface AsyncCache<T> {
  /**
   * The result for this key: the kept one, that of work under way, or that of `work`, which starts now.
   * All who share a result get the same promise.
   */
  load(key: string, work: () => Promise<T>): Promise<T>;
  /** Drops the results whose keys match. Work under way goes on for those who wait for it, but nobody else gets its result. */
  forget(matches: (key: string) => boolean): void;
}

/** Keeps a result for `times` as long as its work took, at most `max` milliseconds: this bounds the share of time spent working. */
interface ProportionalLifetime {
  times: number;
  /** Milliseconds. */
  max: number;
}

interface Options {
  /** How long a result is kept after its work has ended, in milliseconds. The default 0 only shares work under way. */
  lifetime?: number | ProportionalLifetime;
  /** The same for a rejection. With the default 0, the next call tries again. */
  failureLifetime?: number;
  /**
   * What a call gets while work is under way: "running", the default, its result; "next", the result of one more run after it,
   * which sees everything that was written before the call. Use "next" without a lifetime.
   */
  share?: "running" | "next";
  /** Milliseconds, from any origin. */
  now?: () => number;
}

interface Entry<T> {
  result: Promise<T>;
  isRunning: boolean;
  /** When the result expires, once it is there. */
  until: number;
  /** The run that follows, if a call waits for it. */
  next?: Promise<T>;
}

/** An empty cache. Make one per kind of result, where its users can share it. */
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
    const entry: Entry<T> = { result: work(), isRunning: true, until: 0 };
    const keepFor = (milliseconds: number): void => {
      entry.isRunning = false;
      entry.until = now() + milliseconds;
      if (milliseconds === Number.POSITIVE_INFINITY) return;
      // Frees the memory of a result that nobody asks for again.
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
      if (entry === undefined || (!entry.isRunning && now() >= entry.until)) return start(key, work);
      if (!entry.isRunning || share === "running") return entry.result;
      return (entry.next ??= startAfter(entry, key, work));
    },

    forget(matches) {
      for (const key of entries.keys()) if (matches(key)) entries.delete(key);
    },
  };
}
