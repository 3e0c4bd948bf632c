/** Keeps the buffers that were used last, up to a total size. */
export interface ByteCache {
  get(key: string): Buffer | undefined;
  set(key: string, bytes: Buffer): void;
}

/** @param maxBytes total size; a larger buffer is not kept */
export function byteCache(maxBytes: number): ByteCache {
  /** In the order of use. */
  const entries = new Map<string, Buffer>();
  let total = 0;

  function drop(key: string): void {
    total -= entries.get(key)?.length ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const bytes = entries.get(key);
      if (bytes === undefined) return undefined;
      entries.delete(key);
      entries.set(key, bytes);
      return bytes;
    },

    set(key, bytes) {
      drop(key);
      entries.set(key, bytes);
      total += bytes.length;
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}
