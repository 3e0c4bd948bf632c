import { setTimeout as wait } from "node:timers/promises";
import {
  ConditionFailedError,
  type ObjectStore,
  type StoredObject,
} from "../src/object-store/object-store.ts";

/** As measured on S3 Standard for small objects, in milliseconds: a conditional PUT, and everything else. */
export const PUT_TIME = 60;
export const READ_TIME = 20;

/** A store in memory with the latency and the conditional PUTs of S3; what is asked for happens half-way. */
export function slowStore(): ObjectStore {
  const objects = new Map<string, StoredObject>();
  let version = 0;

  function described(key: string): { key: string; size: number; modified: Date } | undefined {
    const found = objects.get(key);
    return found === undefined ? undefined : { key, size: found.body.length, modified: found.modified };
  }

  return {
    get: (key) => taking(READ_TIME, () => objects.get(key)),
    head: (key) => taking(READ_TIME, () => described(key)),
    list: (prefix, { startAfter = "", limit = 1_000 } = {}) =>
      taking(READ_TIME, () =>
        [...objects.keys()]
          .filter((key) => key.startsWith(prefix) && key > startAfter)
          .toSorted()
          .slice(0, limit)
          .flatMap((key) => described(key) ?? []),
      ),
    delete: (key) => taking(PUT_TIME, () => void objects.delete(key)),
    async check() {},
    async close() {},

    async put(key, body, { condition } = {}) {
      const etag = await taking(PUT_TIME, () => {
        const current = objects.get(key)?.etag;
        const holds =
          condition === undefined ||
          ("ifMatch" in condition ? current === condition.ifMatch : current === undefined);
        if (!holds) return undefined;
        version += 1;
        objects.set(key, { body, etag: String(version), modified: new Date() });
        return String(version);
      });
      if (etag === undefined) throw new ConditionFailedError(key);
      return etag;
    },
  };
}

async function taking<T>(time: number, act: () => T): Promise<T> {
  await wait(time / 2);
  const result = act();
  await wait(time / 2);
  return result;
}
