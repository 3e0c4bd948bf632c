export interface StoredObject {
  body: Buffer;
  /** Differs for different content. */
  etag: string;
  modified: Date;
  /** What the writer put beside the body; undefined without one, and in stores that do not keep notes. */
  note?: string | undefined;
}

export interface ListedObject {
  key: string;
  /** In bytes. */
  size: number;
  modified: Date;
}

/** Writes only if the object still has this ETag, or only if it does not exist. */
export type Condition = { ifMatch: string } | { ifNoneMatch: "*" };

export interface ReadOptions {
  /** A version that the caller has. It is returned itself if the object still has its ETag. */
  unless?: StoredObject | undefined;
}

export interface HeadOptions {
  /** Whether the object is probably missing. Some stores then need one request instead of two. Default: false. */
  probablyAbsent?: boolean;
}

export interface WriteOptions {
  condition?: Condition | undefined;
  contentType?: string | undefined;
  /**
   * Text to keep beside this version of the object, in one write: 1 to 1,000 visible ASCII characters and single spaces between
   * them. It is no part of the content: it does not change the ETag, and a store may lose it, as a folder does.
   */
  note?: string | undefined;
}

/**
 * What every store can do. Keys have 1 to 512 characters of `a-z 0-9 . _ -` in segments separated by `/`; no segment starts or
 * ends with a dot. Every method throws InvalidKeyError for any other key. Writes are atomic and durable: a reader sees the
 * object before or after, and a write that has resolved survives a crash. On S3 a call settles within 25 seconds, retries included
 * (`S3_TIMEOUTS`); in a folder it takes as long as the file system does.
 */
export interface ObjectStore {
  get(key: string, options?: ReadOptions): Promise<StoredObject | undefined>;
  /** The object as `list` would return it. */
  head(key: string, options?: HeadOptions): Promise<ListedObject | undefined>;
  /**
   * Resolves with the new ETag.
   * @throws ConditionFailedError if the condition does not hold. After any other error the object may have been written.
   */
  put(key: string, body: Buffer, options?: WriteOptions): Promise<string>;
  /** At most `limit` objects (1 to MAX_PAGE, the default) in ascending order of keys, after `startAfter`. */
  list(prefix: string, options?: { startAfter?: string; limit?: number }): Promise<ListedObject[]>;
  /** Does nothing if the object does not exist. */
  delete(key: string): Promise<void>;
  /** Resolves if the store can be used now; rejects with the reason, written for the operator. */
  check(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export class ConditionFailedError extends Error {
  override name = "ConditionFailedError";
  constructor(key: string) {
    super(`the object ${key} does not meet the condition of this write`);
  }
}

export class InvalidKeyError extends Error {
  override name = "InvalidKeyError";
  constructor(key: string) {
    super(`not a valid key: ${JSON.stringify(key.slice(0, 100))}`);
  }
}

/**
 * Lists all objects below a prefix in ascending order of keys.
 * @param options.after leaves out the keys up to this one
 */
export async function listAll(
  store: ObjectStore,
  prefix: string,
  { after = "" }: { after?: string } = {},
): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for (let startAfter: string | undefined = after; startAfter !== undefined;) {
    const page: ListedObject[] = await store.list(prefix, { startAfter });
    objects.push(...page);
    startAfter = page.length < MAX_PAGE ? undefined : page.at(-1)?.key;
  }
  return objects;
}

/**
 * The objects below a prefix as a separate store, whose keys leave out the prefix.
 * @param prefix empty, or ends in "/"
 */
export function prefixedStore(store: ObjectStore, prefix: string): ObjectStore {
  const relative = (object: ListedObject): ListedObject => ({
    ...object,
    key: object.key.slice(prefix.length),
  });
  return {
    ...store,
    get: (key, options) => store.get(prefix + key, options),
    async head(key, options) {
      const found = await store.head(prefix + key, options);
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

/** Creates an object. Resolves with false if the key is taken. */
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

/** Returns a function that creates text objects, and resolves with false if the key is taken. */
export function textCreator(store: ObjectStore): (key: string, text: string) => Promise<boolean> {
  const contentType = "text/plain; charset=utf-8";
  return (key, text) => createObject(store, key, { body: Buffer.from(text), contentType });
}

/** Key of the object that the start check writes to. Lists skip it. */
export const WRITE_TEST_KEY = "conditional-write-test";

/** The maximum number of objects per list, as in S3. */
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

/** A prefix is the start of a key, or empty. @throws InvalidKeyError */
export function checkPrefix(prefix: string): void {
  if (prefix.length > MAX_KEY_LENGTH || !PREFIX.test(prefix)) throw new InvalidKeyError(prefix);
}
