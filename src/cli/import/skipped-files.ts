interface Skipped {
  name: string;
  reason: string;
}

export interface PassedOver {
  /** A name that is added again keeps its first reason. */
  add(name: string, reason: string): void;
  /** One more image of the set: a set has up to millions, so there is one line a folder. */
  addInSet(folder: string): void;
  /** In the order in which they were found. */
  list(): Skipped[];
}

/** Collects what is not brought in. */
export function passedOver(): PassedOver {
  const found = new Map<string, { reason: string } | { images: number }>();
  return {
    add(name, reason) {
      if (!found.has(name)) found.set(name, { reason });
    },
    addInSet(folder) {
      const before = found.get(folder);
      const images = before !== undefined && "images" in before ? before.images : 0;
      found.set(folder, { images: images + 1 });
    },
    list() {
      return Array.from(found, ([name, skipped]) => {
        const reason =
          "reason" in skipped
            ? skipped.reason
            : `in the set already (${skipped.images.toLocaleString("en-US")})`;
        return { name, reason };
      });
    },
  };
}
