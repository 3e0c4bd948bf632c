import { setTimeout as wait } from "node:timers/promises";
import {
  ConditionFailedError,
  type ObjectStore,
  type StoredObject,
} from "../../src/object-store/object-store.ts";

/** Latency of a conditional PUT of a small object, as measured on S3 Standard. */
export const PUT_LATENCY_MS = 60;
/** Latency of all other requests. */
export const READ_LATENCY_MS = 20;

/** A store in memory with the latency and the conditional PUTs of S3. Each request takes effect half-way through its latency. */
export function simulatedS3Store(): ObjectStore {
  const objects = new Map<string, StoredObject>();
  let version = 0;

  function describe(key: string): { key: string; size: number; modified: Date } | undefined {
    const found = objects.get(key);
    return found === undefined ? undefined : { key, size: found.body.length, modified: found.modified };
  }

  return {
    get: (key, { unless } = {}) =>
      withLatency(READ_LATENCY_MS, () => {
        const found = objects.get(key);
        return unless !== undefined && found?.etag === unless.etag ? unless : found;
      }),
    head: (key) => withLatency(READ_LATENCY_MS, () => describe(key)),
    list: (prefix, { startAfter = "", limit = 1_000 } = {}) =>
      withLatency(READ_LATENCY_MS, () =>
        [...objects.keys()]
          .filter((key) => key.startsWith(prefix) && key > startAfter)
          .toSorted()
          .slice(0, limit)
          .flatMap((key) => describe(key) ?? []),
      ),
    delete: (key) => withLatency(PUT_LATENCY_MS, () => void objects.delete(key)),
    async check() {},
    async close() {},

    async put(key, body, { condition, note } = {}) {
      const etag = await withLatency(PUT_LATENCY_MS, () => {
        const current = objects.get(key)?.etag;
        const holds =
          condition === undefined ||
          ("ifMatch" in condition ? current === condition.ifMatch : current === undefined);
        if (!holds) return undefined;
        version += 1;
        objects.set(key, { body, etag: String(version), modified: new Date(), note });
        return String(version);
      });
      if (etag === undefined) throw new ConditionFailedError(key);
      return etag;
    },
  };
}

async function withLatency<T>(latency: number, act: () => T): Promise<T> {
  await wait(latency / 2);
  const result = act();
  await wait(latency / 2);
  return result;
}
