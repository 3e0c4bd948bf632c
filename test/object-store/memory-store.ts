import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import {
  ConditionFailedError,
  type ObjectStore,
  type StoredObject,
  type WriteOptions,
} from "../../src/object-store/object-store.ts";

/** Called around each operation. May wait, throw, or call `act` at another time. */
export type Around = <T>(act: () => T, method: "get" | "head" | "list" | "put" | "delete") => Promise<T>;

/** A store in memory, fast enough for thousands of schedules. Several stores may share their objects. */
export function memoryStore(objects: Map<string, StoredObject>, around: Around): ObjectStore {
  function described(key: string): { key: string; size: number; modified: Date } | undefined {
    const found = objects.get(key);
    return found && { key, size: found.body.length, modified: found.modified };
  }

  function get(key: string, unless: StoredObject | undefined): StoredObject | undefined {
    const found = objects.get(key);
    return unless !== undefined && found?.etag === unless.etag ? unless : found;
  }

  function put(key: string, body: Buffer, { condition, note }: WriteOptions): string {
    const current = objects.get(key)?.etag;
    const holds =
      condition === undefined ||
      ("ifMatch" in condition ? current === condition.ifMatch : current === undefined);
    if (!holds) throw new ConditionFailedError(key);
    // Equal bytes have equal ETags, as on S3 and on disk.
    const etag = createHash("sha256").update(body).digest("hex");
    objects.set(key, { body, etag, modified: new Date(), note });
    return etag;
  }

  return {
    get: (key, { unless } = {}) => around(() => get(key, unless), "get"),
    head: (key) => around(() => described(key), "head"),
    put: (key, body, options = {}) => around(() => put(key, body, options), "put"),
    delete: (key) => around(() => void objects.delete(key), "delete"),
    list: (prefix, { startAfter = "", limit = 1_000 } = {}) =>
      around(
        () =>
          [...objects.keys()]
            .filter((key) => key.startsWith(prefix) && key > startAfter)
            .toSorted()
            .slice(0, limit)
            .flatMap((key) => described(key) ?? []),
        "list",
      ),
    async check() {},
    async close() {},
  };
}

/** A store in memory whose operations end in a later turn of the event loop, like those of a real store. */
export function quickStore(objects = new Map<string, StoredObject>()): ObjectStore {
  return memoryStore(objects, async (act) => {
    await setImmediate();
    const result = act();
    await setImmediate();
    return result;
  });
}
