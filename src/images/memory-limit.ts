interface Options {
  /** How many may run at a time. */
  places: number;
  /** Bytes that those which run together may want; one that wants more runs alone. */
  bytes: number;
}

/** Runs work when there is a place and memory for it, in the order in which it was asked for. */
export type MemoryLimit = <T>(bytes: number, work: () => Promise<T>) => Promise<T>;

export function memoryLimit({ places, bytes: most }: Options): MemoryLimit {
  const waiting: { bytes: number; start: () => void }[] = [];
  let running = 0;
  let used = 0;

  function startNext(): void {
    const [next] = waiting;
    if (next === undefined) return;
    const fits = running < places && used + next.bytes <= most;
    if (running > 0 && !fits) return;
    waiting.shift();
    running += 1;
    used += next.bytes;
    next.start();
    startNext();
  }

  return async (bytes, work) => {
    await new Promise<void>((start) => {
      waiting.push({ bytes, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      used -= bytes;
      startNext();
    }
  };
}
