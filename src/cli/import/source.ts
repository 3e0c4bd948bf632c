/** A file or an object that may become an image of the set. */
export interface Source {
  /** The path, or the address on S3, that the user sees. */
  name: string;
  /**
   * Reads the bytes. Of a file larger than the limit of uploads, only the beginning may be read, which is too large as well.
   * @throws UnreadableError; any other error ends the import
   */
  read(): Promise<Buffer>;
}

/** A source that cannot be read, for the reason in the message; the import goes on with the next. */
export class UnreadableError extends Error {
  override name = "UnreadableError";
}

interface Skipped {
  name: string;
  reason: string;
}

/** What the arguments of an import name. */
export interface FoundSources {
  sources: Source[];
  skipped: Skipped[];
}

interface SkippedList {
  /** Adds a file or object. A name that is added twice keeps its first reason. */
  add(name: string, reason: string): void;
  /** Counts an image that is in the set already, in one line per folder: a set may hold millions. */
  addInSet(folder: string): void;
  /** In the order in which they were added. */
  list(): Skipped[];
}

/** Collects the files and objects that are not imported. */
export function skippedList(): SkippedList {
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
