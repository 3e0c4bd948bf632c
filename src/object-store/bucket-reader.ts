/** Why one object of a bucket cannot be read while the bucket can. */
export type Unreadable = "absent" | "archived" | "denied";

/** The objects of a bucket, whatever their names; not to be written. */
export interface BucketReader {
  /** Those whose name begins so, sizes in bytes. @throws Error of the store */
  list(prefix: string): AsyncIterable<{ name: string; size: number }>;
  /** @throws Error of the store: none of this object alone */
  read(name: string): Promise<Buffer | Unreadable>;
  close(): void;
}
