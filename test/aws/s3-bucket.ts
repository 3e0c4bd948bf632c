import { createHash } from "node:crypto";

interface S3Object {
  body: Buffer;
  /** In quotes, as on the wire. */
  etag: string;
  contentType: string | undefined;
  /** Headers that start with `x-amz-meta-`. */
  metadata: Record<string, string>;
  /** To the second, as from S3. */
  modified: Date;
}

/** An object in the bucket from the start. Default modification time: now. */
export type Content = readonly [key: string, body: Buffer, modified?: Date];

interface Page {
  objects: { key: string; object: S3Object }[];
  /** Whether there are more. */
  truncated: boolean;
}

/** The objects of one bucket. Lists from any key are fast, even among a million. */
export interface Bucket {
  get(key: string): S3Object | undefined;
  put(key: string, body: Buffer, described?: Partial<Pick<S3Object, "contentType" | "metadata">>): S3Object;
  delete(key: string): void;
  /** Keys in ascending order. */
  keys(): readonly string[];
  /** At most `limit` objects after the key `after`. */
  page(prefix: string, after: string, limit: number): Page;
}

export function newBucket(content: Iterable<Content> = []): Bucket {
  const objects = new Map<string, S3Object>();
  let last: S3Object | undefined;
  for (const [key, body, modified] of content) {
    // A million objects with the same bytes share one body.
    last = last?.body === body ? last : newObject(body, {}, modified);
    objects.set(key, last);
  }
  // In the order of UTF-16 units, which is that of S3 except for characters beyond U+FFFF.
  const keys = [...objects.keys()].toSorted();

  return {
    get: (key) => objects.get(key),
    keys: () => keys,

    put(key, body, described) {
      if (!objects.has(key)) keys.splice(firstFrom(keys, key), 0, key);
      const object = newObject(body, described);
      objects.set(key, object);
      return object;
    },

    delete(key) {
      if (objects.delete(key)) keys.splice(firstFrom(keys, key), 1);
    },

    page(prefix, after, limit) {
      const start = firstFrom(keys, after < prefix ? prefix : `${after}\0`);
      const found = keys.slice(start, start + limit + 1).filter((key) => key.startsWith(prefix));
      const listed = found.slice(0, limit).flatMap((key) => {
        const object = objects.get(key);
        return object === undefined ? [] : [{ key, object }];
      });
      return { objects: listed, truncated: found.length > limit };
    },
  };
}

function newObject(
  body: Buffer,
  { contentType, metadata = {} }: Parameters<Bucket["put"]>[2] = {},
  modified = new Date(),
): S3Object {
  const etag = `"${createHash("md5").update(body).digest("hex")}"`;
  const second = new Date(Math.floor(modified.getTime() / 1_000) * 1_000);
  return { body, etag, contentType, metadata, modified: second };
}

/** Index of the first of the sorted keys that is not before this one. */
function firstFrom(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
