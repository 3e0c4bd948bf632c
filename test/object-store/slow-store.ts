import { setImmediate } from "node:timers/promises";
import type { StoredObject, ObjectStore } from "../../src/object-store/object-store.ts";
import type { Random } from "../../src/platform/seeded.ts";
import { memoryStore } from "./memory-store.ts";

/** Longest delay before and after an operation, in turns of the event loop. */
const MAX_TURNS = 4;

/** A store in memory whose operations take random times, so that the work of several callers interleaves by the seed. */
export function slowStore(objects: Map<string, StoredObject>, random: Random): ObjectStore {
  const pass = async (): Promise<void> => {
    for (let turns = Math.floor(random() * (MAX_TURNS + 1)); turns > 0; turns -= 1) await setImmediate();
  };
  return memoryStore(objects, async (act) => {
    await pass();
    try {
      return act();
    } finally {
      await pass();
    }
  });
}
