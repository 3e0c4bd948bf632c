export interface StoredObject {
  body: Buffer;
  /** Changes with the content. */
  etag: string;
  modified: Date;
}

export interface ListedObject {
  key: string;
  /** Bytes. */
  size: number;
  modified: Date;
}

/** Writes only when the object still has this ETag, or only when there is none yet. */
export type Condition = { ifMatch: string } | { ifNoneMatch: "*" };

/**
 * What every store does, and no more. Keys are 1 to 512 characters of `a-z 0-9 . _ -` in segments parted by `/`, none of
 * which begins or ends with a dot; every method throws InvalidKeyError on another. Writes are atomic and durable: a reader sees
 * the object before or after, and what has resolved survives a crash. Every call settles, within half a minute.
 */
export interface ObjectStore {
  get(key: string): Promise<StoredObject | undefined>;
  /** What a list would tell of this one object. */
  head(key: string): Promise<ListedObject | undefined>;
  /**
   * Resolves with the new ETag.
   * @throws ConditionFailedError when the condition does not hold. After any other error the object may have been written.
   */
  put(key: string, body: Buffer, options?: { condition?: Condition; contentType?: string }): Promise<string>;
  /** In ascending order of keys, after `startAfter`, at most `limit` (1 to MAX_PAGE, which is also the default). */
  list(prefix: string, options?: { startAfter?: string; limit?: number }): Promise<ListedObject[]>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Resolves when the store answers; rejects with the reason, for whoever runs the process, when it cannot be used just now. */
  check(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export class ConditionFailedError extends Error {
  override name = "ConditionFailedError";
  constructor(key: string) {
    super(`the object ${key} is not as the condition of this write wants it`);
  }
}

export class InvalidKeyError extends Error {
  override name = "InvalidKeyError";
  constructor(key: string) {
    super(`not a key: ${JSON.stringify(key.slice(0, 100))}`);
  }
}

/**
 * A part of a store as a store of its own: every key is below the prefix.
 * @param prefix empty, or ends in "/"
 */
export function prefixedStore(store: ObjectStore, prefix: string): ObjectStore {
  const relative = (object: ListedObject): ListedObject => ({
    ...object,
    key: object.key.slice(prefix.length),
  });
  return {
    ...store,
    get: (key) => store.get(prefix + key),
    async head(key) {
      const found = await store.head(prefix + key);
      return found && relative(found);
    },
    put: (key, body, options) => store.put(prefix + key, body, options),
    async list(below, { startAfter = "", ...options } = {}) {
      const page = { ...options, startAfter: startAfter === "" ? "" : prefix + startAfter };
      return (await store.list(prefix + below, page)).map(relative);
    },
    delete: (key) => store.delete(prefix + key),
  };
}

/**
 * Creates an object.
 * @returns false if the key is taken
 */
export async function createObject(
  store: ObjectStore,
  key: string,
  { body, contentType }: { body: Buffer; contentType: string },
): Promise<boolean> {
  try {
    await store.put(key, body, { condition: { ifNoneMatch: "*" }, contentType });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

/** A function that creates text objects, and does nothing if the key is taken. */
export function textCreator(store: ObjectStore): (key: string, text: string) => Promise<boolean> {
  const contentType = "text/plain; charset=utf-8";
  return (key, text) => createObject(store, key, { body: Buffer.from(text), contentType });
}

/** Key of the object on which the start check tries conditional writes; lists leave it out. */
export const WRITE_TEST = "conditional-write-test";

/** The most that one list returns, as in S3. */
export const MAX_PAGE = 1_000;

const MAX_KEY_LENGTH = 512;
const SEGMENT = "[a-z0-9_-](?:[a-z0-9._-]{0,198}[a-z0-9_-])?";
const KEY = new RegExp(`^${SEGMENT}(/${SEGMENT})*$`);
const PREFIX = new RegExp(`^(${SEGMENT}/)*(${SEGMENT}\\.?)?$`);

export function isKey(text: string): boolean {
  return text.length <= MAX_KEY_LENGTH && KEY.test(text);
}

/** @throws InvalidKeyError */
export function checkKey(key: string): void {
  if (!isKey(key)) throw new InvalidKeyError(key);
}

/** A prefix is the beginning of a key, or empty. @throws InvalidKeyError */
export function checkPrefix(prefix: string): void {
  if (prefix.length > MAX_KEY_LENGTH || !PREFIX.test(prefix)) throw new InvalidKeyError(prefix);
}
