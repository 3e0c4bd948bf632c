import { StartError } from "../../platform/start-error.ts";

/** A file or an object that may become an image of the set. */
export interface Source {
  /** The path, or the address on S3, that the user sees. */
  name: string;
  /**
   * Reads the bytes, or says why they cannot be read. Of a file larger than the limit of uploads, only the beginning may be read, which
   * is too large as well.
   * @throws Error that ends the import
   */
  read(): Promise<Buffer | string>;
}

/** What the arguments of an import name. */
export interface FoundSources {
  sources: Source[];
  /**
   * Files and objects that are not imported, by name, each with the reason. A number stands for the images in a folder that are in the
   * set already, which are counted because a set may hold millions.
   */
  skipped: Map<string, string | number>;
}

/** Counts an image of the folder as in the set already. */
export function countInSet(skipped: FoundSources["skipped"], folder: string): void {
  skipped.set(folder, Number(skipped.get(folder) ?? 0) + 1);
}

/** @param mistakes each a path or address, a colon, and the reason */
export function cannotRead(...mistakes: string[]): StartError {
  const lines = mistakes.map((mistake) => `\n  ${mistake}`);
  return new StartError(`Nothing was added, because these cannot be read:${lines.join("")}`);
}
