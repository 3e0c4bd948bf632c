import { idTime } from "./csv.ts";
import { idCache } from "./id-cache.ts";

interface ClosedPart {
  number: number;
  /** Milliseconds since 1970. No row was added later. */
  modified: number;
  /** Time of the oldest id; -Infinity until the part has been read. */
  oldest: number;
  /** Time of the newest id; Infinity until the part has been read. */
  newest: number;
  ids?: ReadonlySet<string>;
}

/**
 * Remembers what a writer knows about the parts before the last. They never get another row (I3), so this stays valid.
 * @param slack milliseconds by which clocks may differ (I9)
 * @param cache decides which ids stay in memory
 */
export function closedParts(slack: number, cache = idCache()) {
  /** In ascending order of numbers. */
  const parts: ClosedPart[] = [];
  const byNumber = new Map<number, ClosedPart>();

  function learn(part: ClosedPart, ids: ReadonlySet<string>): void {
    const times = Array.from(ids, idTime).toSorted((a, b) => a - b);
    part.oldest = times.at(0) ?? Number.POSITIVE_INFINITY;
    part.newest = times.at(-1) ?? Number.NEGATIVE_INFINITY;
    // I9: the two times come from different clocks; the later one is safe.
    part.modified = Math.max(part.modified, part.newest);
    part.ids = ids;
    cache.keep(part);
  }

  function create(number: number, modified: number): ClosedPart {
    const unread = { number, modified, oldest: Number.NEGATIVE_INFINITY, newest: Number.POSITIVE_INFINITY };
    const inOrder = number > (parts.at(-1)?.number ?? -1);
    byNumber.set(number, unread);
    parts.push(unread);
    if (!inOrder) parts.sort((a, b) => a.number - b.number);
    return unread;
  }

  return {
    /** Adds a part that has a successor. Its ids may be given now or loaded later. */
    add({ number, modified, ids }: Pick<ClosedPart, "number" | "modified" | "ids">): void {
      const part = byNumber.get(number) ?? create(number, modified);
      if (ids !== undefined) learn(part, ids);
    },

    /** Resolves with the ids that are in none of the parts. `load` reads the ids of one part. */
    async missing(ids: readonly string[], load: (number: number) => Promise<ReadonlySet<string>>) {
      const left = new Map(ids.map((id) => [id, idTime(id)]));
      const since = Math.min(...left.values()) - slack;
      // From the newest part back to the first one that was complete before the oldest id was made (I9).
      for (let index = parts.length - 1; index >= 0 && left.size > 0; index -= 1) {
        const part = parts[index];
        if (part === undefined || part.modified < since) break;
        const { oldest, newest } = part;
        if (!left.values().some((time) => oldest <= time && time <= newest)) continue;
        const held = part.ids ?? (await load(part.number));
        if (part.ids === undefined) learn(part, held);
        for (const id of left.keys()) if (held.has(id)) left.delete(id);
      }
      return new Set(left.keys());
    },
  };
}
