import { setImmediate } from "node:timers/promises";
import { snowflake } from "../domain/snowflake.ts";
import type { ChangeObject } from "./change-object.ts";
import type { ObjectStore } from "./object-store.ts";

const KEY = "forgotten/newest.txt";

export interface NewestForgetting {
  /**
   * The greatest id of all forgettings that had begun when it was asked for; undefined when there was none. All who ask within
   * one turn of the event loop, as the rows of one commit do, share one look at the store.
   */
  read(): Promise<string | undefined>;
  /** Takes note of one, after its mark. */
  raise(id: string): Promise<void>;
}

/** So that nobody whose row is newer than all forgettings, as nearly every row is, has to look for a mark. */
export function newestForgetting(store: ObjectStore, changeObject: ChangeObject): NewestForgetting {
  let next: Promise<string | undefined> | undefined;

  async function look(): Promise<string | undefined> {
    await setImmediate();
    // Who asks from now on may have come too late for this look.
    next = undefined;
    const found = await store.get(KEY);
    return found && idIn(found.body);
  }

  return {
    read() {
      next ??= look();
      return next;
    },

    async raise(id) {
      await changeObject(KEY, "text/plain; charset=utf-8", (body) =>
        body !== undefined && BigInt(idIn(body)) >= BigInt(id) ? undefined : Buffer.from(id),
      );
    },
  };
}

function idIn(body: Buffer): string {
  return snowflake.parse(body.toString().trim());
}
