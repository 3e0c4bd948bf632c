import { setTimeout as waitForMilliseconds } from "node:timers/promises";
import type { AppendOptions } from "./append-log.ts";
import { warnOfLostRaces } from "./lost-races.ts";
import { ConditionFailedError, type ObjectStore } from "../object-store/object-store.ts";
import { contention } from "./contention.ts";

/** How long a change is tried, in milliseconds. */
const PATIENCE = 20_000;

export type ChangeOptions = Pick<AppendOptions, "log" | "now" | "random" | "patience" | "wait">;

/**
 * Makes an object what `change` makes of it, against any number of others who write it; `change` is called again with what
 * there is by then, and returns undefined when all is as it should be.
 */
export type ChangeObject = (
  key: string,
  contentType: string,
  change: (body: Buffer | undefined) => Buffer | undefined,
) => Promise<void>;

/** 412, 409, 5xx and time-outs are one case: look what is there, and try again. Rejects after 20 seconds, unless told. */
export function objectChanger(store: ObjectStore, options: ChangeOptions): ChangeObject {
  const { log, now, random, patience = PATIENCE, wait = waitForMilliseconds } = options;
  return async (key, contentType, change) => {
    const turns = contention(random);
    const [folder = ""] = key.split("/", 1);
    let lost = 0;
    for (const end = now() + patience; ; await wait(turns.pause())) {
      try {
        const found = await store.get(key);
        const body = change(found?.body);
        if (body === undefined) return;
        const condition = found === undefined ? ({ ifNoneMatch: "*" } as const) : { ifMatch: found.etag };
        await store.put(key, body, { condition, contentType });
        return;
      } catch (error) {
        if (now() >= end) throw error;
        if (error instanceof ConditionFailedError) {
          turns.lost();
          lost += 1;
          warnOfLostRaces(log, folder, lost);
          continue;
        }
        turns.failed();
        log.warn({ err: error, folder }, "an object could not be changed; trying again");
      }
    }
  };
}
