interface Remembered<T> {
  /** What was read for this key, or is being read, unless it was forgotten. What could not be read is read again. */
  of(key: string): Promise<T>;
  forget(which: (key: string) => boolean): void;
}

/** Remembers what was read for so many milliseconds after the reading began; however many ask meanwhile share it. */
export function remembered<T>(lifetime: number, read: (key: string) => Promise<T>): Remembered<T> {
  const entries = new Map<string, { value: Promise<T>; timer: NodeJS.Timeout }>();

  function forget(key: string): void {
    clearTimeout(entries.get(key)?.timer);
    entries.delete(key);
  }

  return {
    of(key) {
      const known = entries.get(key);
      if (known !== undefined) return known.value;
      const value = read(key);
      const timer = setTimeout(() => forget(key), lifetime).unref();
      entries.set(key, { value, timer });
      value.catch(() => {
        if (entries.get(key)?.value === value) forget(key);
      });
      return value;
    },

    forget(which) {
      for (const key of entries.keys()) if (which(key)) forget(key);
    },
  };
}
