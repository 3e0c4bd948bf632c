/** Maximum number of hashes in the memory of a process. They take at most 64 MB. */
const MAX_HASHES = 1_100_000;

/** The hashes of one project in memory. */
interface Held {
  readonly size: number;
  /** Frees the memory. They can be read again. */
  drop(): void;
}

/** Bounds the memory for hashes. Projects that share it share its limit. */
export interface HashMemory {
  /** Marks hashes as the last used, and drops those that were not used for the longest time while there are too many. */
  use(held: Held): void;
}

export function hashMemory(maxHashes = MAX_HASHES): HashMemory {
  /** In the order of use. */
  const all = new Set<Held>();
  return {
    use(held) {
      all.delete(held);
      all.add(held);
      let total = all.values().reduce((sum, { size }) => sum + size, 0);
      for (const oldest of all) {
        if (total <= maxHashes || oldest === held) return;
        total -= oldest.size;
        all.delete(oldest);
        oldest.drop();
      }
    },
  };
}
