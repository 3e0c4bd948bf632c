/** A file or an object that may become an image of the set. */
export interface Source {
  /** As it is told to whoever runs the import: a path, or an address of S3. */
  name: string;
  /**
   * Its bytes; of one that is larger than an upload may be, perhaps only the beginning, which is too large as well.
   * @throws UnreadableError; any other error, of what it is read from, ends the import
   */
  read(): Promise<Buffer>;
}

/** This one cannot be read, as the message says; others may. */
export class UnreadableError extends Error {
  override name = "UnreadableError";
}

export interface Found {
  sources: Source[];
  /** What was passed over, with the reason. */
  skipped: { name: string; reason: string }[];
}
