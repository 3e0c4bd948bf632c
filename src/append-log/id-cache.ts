/** Maximum number of closed parts whose ids are in memory: about 1,300 ids and 90 KB each. Older parts are read on demand. */
const MAX_PARTS = 512;

/** A closed part whose ids may be in memory. */
interface PartIds {
  ids?: ReadonlySet<string>;
}

/** Bounds the memory that the ids of closed parts take. Logs that share a cache share its limit. */
export interface IdCache {
  /** Keeps the ids of this part, and drops those of the part that was kept first if there are too many. */
  keep(part: PartIds): void;
}

export function idCache(maxParts = MAX_PARTS): IdCache {
  /** In the order in which they were kept. */
  const kept = new Set<PartIds>();
  return {
    keep(part) {
      kept.delete(part);
      kept.add(part);
      const [oldest] = kept;
      if (kept.size <= maxParts || oldest === undefined) return;
      kept.delete(oldest);
      delete oldest.ids;
    },
  };
}
