/** A file or an object that may become an image of the set. */
export interface Source {
  /** As it is told to whoever runs the import: a path, or an address of S3. */
  name: string;
  /**
   * Its bytes; of one that is larger than an upload may be, perhaps only the beginning, which is too large as well.
   * @throws Error whose message says why it cannot be read
   */
  read(): Promise<Buffer>;
}

export interface Found {
  sources: Source[];
  /** What was passed over, with the reason. */
  skipped: { name: string; reason: string }[];
}
