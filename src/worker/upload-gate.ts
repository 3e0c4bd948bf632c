import { Postponed } from "../queue/queue.ts";

/** Uploads at work at a time in one worker, and never more than half of its places. */
const MOST = 8;
/** Milliseconds before one that found no place comes again: by chance from half of this up to twice. */
const COME_AGAIN = 1_000;

/**
 * Does the work if there is a place.
 * @throws Postponed if not: it must not wait here, in a place that presses and `/stats` want
 */
export type UploadGate = (work: () => Promise<void>) => Promise<void>;

export function uploadGate({
  concurrency,
  random,
}: {
  concurrency: number;
  random: () => number;
}): UploadGate {
  const places = Math.min(MOST, Math.floor(concurrency / 2));
  let underWay = 0;
  return async (work) => {
    if (underWay >= places) throw new Postponed(COME_AGAIN * (0.5 + 1.5 * random()));
    underWay += 1;
    try {
      await work();
    } finally {
      underWay -= 1;
    }
  };
}
