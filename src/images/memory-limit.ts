interface Options {
  /** Bytes that two may want together. */
  bytes: number;
  /** Bytes that one may want beside any other. */
  small: number;
}

/** Runs work when there is memory for it, in the order in which it was asked for. */
export type MemoryLimit = <T>(bytes: number, work: () => Promise<T>) => Promise<T>;

/**
 * Limits the memory of two that work at a time: they run side by side when they want little together, or one of them does.
 * So large work waits for other large work, and neither holds up small work nor waits for it.
 */
export function memoryLimit({ bytes: most, small }: Options): MemoryLimit {
  const waiting: { bytes: number; start: () => void }[] = [];
  let running = 0;
  let used = 0;

  function startNext(): void {
    const [next] = waiting;
    if (next === undefined) return;
    const fits = used + next.bytes <= most || Math.min(used, next.bytes) <= small;
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
