/** Keys that were added a short while ago. */
export interface RecentKeys {
  /** Adds a key, or makes it as recent as a new one. */
  add(key: string): void;
  delete(key: string): void;
  has(key: string): boolean;
}

/**
 * Keeps keys for a time. Those that have expired leave the memory when others are added.
 * @param options.lifetime milliseconds
 * @param options.now milliseconds, from any origin
 */
export function recentKeys({
  lifetime,
  now = () => performance.now(),
}: {
  lifetime: number;
  now?: (() => number) | undefined;
}): RecentKeys {
  /** When each key expires, the next one first. */
  const expiries = new Map<string, number>();

  return {
    add(key) {
      for (const [oldest, expiry] of expiries) {
        if (expiry > now()) break;
        expiries.delete(oldest);
      }
      // To the end of the map.
      expiries.delete(key);
      expiries.set(key, now() + lifetime);
    },
    delete: (key) => void expiries.delete(key),
    has: (key) => (expiries.get(key) ?? 0) > now(),
  };
}
