import { setTimeout as waitForMilliseconds } from "node:timers/promises";
import { RETRY_DEADLINE_MS, type AppendOptions } from "./append-log.ts";
import { contention } from "./contention.ts";
import type { ObjectStore } from "../object-store/object-store.ts";

export type ChangeOptions = Pick<AppendOptions, "log" | "now" | "random" | "deadline" | "wait">;

/**
 * Replaces an object by what `change` makes of it, while any number of others write it too. Each retry calls `change` with
 * the current body; if it returns undefined, nothing is written. Rejects when the deadline has passed.
 */
export type ChangeObject = (
  key: string,
  contentType: string,
  change: (body: Buffer | undefined) => Buffer | undefined,
) => Promise<void>;

/** Follows I1 and I6, as the append log does. */
export function objectChanger(store: ObjectStore, options: ChangeOptions): ChangeObject {
  const { log, now, random, deadline = RETRY_DEADLINE_MS, wait = waitForMilliseconds } = options;
  return async (key, contentType, change) => {
    const [folder = ""] = key.split("/", 1);
    const pacing = contention({ random, log, file: folder });
    for (const end = now() + deadline; ; await wait(pacing.pause())) {
      try {
        const found = await store.get(key);
        const body = change(found?.body);
        if (body === undefined) return;
        const condition = found === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: found.etag };
        await store.put(key, body, { condition, contentType });
        return;
      } catch (error) {
        if (now() >= end) throw error;
        if (pacing.recordFailure(error) === "failed")
          log.warn({ err: error, folder }, "an object could not be changed; retrying");
      }
    }
  };
}
