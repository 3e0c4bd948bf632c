/** Runs work when all earlier work on the same key has ended, whether it succeeded or failed. */
export type KeyedMutex = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Creates a mutex. Work on one key runs in order of arrival, one at a time; work on different keys runs in parallel. */
export function keyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();

  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
