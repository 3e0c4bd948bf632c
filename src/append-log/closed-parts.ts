import { idTime } from "./row-id.ts";

/** The newest closed parts, whose ids are kept at hand: about 1,300 ids and 90 KB each. Older ones are read when needed. */
const REMEMBERED = 512;

interface ClosedPart {
  number: number;
  /** Milliseconds since 1970; no row came after it. */
  modified: number;
  /** Of its ids, once they have been seen. */
  least: number;
  greatest: number;
  ids?: ReadonlySet<string>;
}

export interface ClosedParts {
  /** A part that has a successor. Its ids may be told now or found later. */
  add(part: { number: number; modified: number; ids?: ReadonlySet<string> }): void;
  /** Those of the ids that are in none of the parts; `load` reads the ids of one. */
  missing(
    ids: readonly string[],
    load: (number: number) => Promise<ReadonlySet<string>>,
  ): Promise<Set<string>>;
}

/**
 * What a writer knows of the parts before the last. They never get another row, so what is known of them stays true.
 * @param slack milliseconds by which clocks may differ
 */
export function closedParts(slack: number): ClosedParts {
  /** In ascending order of numbers. */
  const parts: ClosedPart[] = [];
  const byNumber = new Map<number, ClosedPart>();

  function learn(part: ClosedPart, ids: ReadonlySet<string>): void {
    const times = Array.from(ids, idTime).toSorted((a, b) => a - b);
    part.least = times.at(0) ?? Number.POSITIVE_INFINITY;
    part.greatest = times.at(-1) ?? Number.NEGATIVE_INFINITY;
    // Ids are made by Discord's clock, the modification by another: the later of the two is on the safe side.
    part.modified = Math.max(part.modified, part.greatest);
    const newest = parts.at(-REMEMBERED)?.number ?? 0;
    if (part.number >= newest) part.ids = ids;
  }

  function known(number: number, modified: number): ClosedPart {
    const part = byNumber.get(number);
    if (part !== undefined) return part;
    const unseen = { number, modified, least: Number.NEGATIVE_INFINITY, greatest: Number.POSITIVE_INFINITY };
    const inOrder = number > (parts.at(-1)?.number ?? -1);
    byNumber.set(number, unseen);
    parts.push(unseen);
    if (!inOrder) parts.sort((a, b) => a.number - b.number);
    delete parts.at(-1 - REMEMBERED)?.ids;
    return unseen;
  }

  return {
    add({ number, modified, ids }) {
      const part = known(number, modified);
      if (ids !== undefined) learn(part, ids);
    },

    async missing(ids, load) {
      const left = new Map(ids.map((id) => [id, idTime(id)]));
      const oldest = Math.min(...left.values()) - slack;
      // From the newest back, and no further than to parts that were finished before the oldest of the ids was made.
      for (let index = parts.length - 1; index >= 0 && left.size > 0; index -= 1) {
        const part = parts[index];
        if (part === undefined || part.modified < oldest) break;
        const { least, greatest } = part;
        if (!left.values().some((time) => least <= time && time <= greatest)) continue;
        const held = part.ids ?? (await load(part.number));
        if (part.ids === undefined) learn(part, held);
        for (const id of left.keys()) if (held.has(id)) left.delete(id);
      }
      return new Set(left.keys());
    },
  };
}
