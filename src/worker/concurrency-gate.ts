import { RetryLaterError } from "../queue/queue.ts";

/** Uploads at work at a time in one worker. Never more than half of its places are given to one gate. */
const MOST = 8;
/** Milliseconds before one that found no place comes again: by chance from half of this up to twice. */
const COME_AGAIN = 1_000;

/**
 * Does the work if there is a place.
 * @throws RetryLaterError if not: it must not wait here, in a place that presses and `/stats` want
 */
export type ConcurrencyGate = (work: () => Promise<void>) => Promise<void>;

/** @param most places, unless told those of uploads; others who read for long have a gate of their own */
export function concurrencyGate({
  concurrency,
  random,
  most = MOST,
}: {
  concurrency: number;
  random: () => number;
  most?: number;
}): ConcurrencyGate {
  const places = Math.min(most, Math.floor(concurrency / 2));
  let underWay = 0;
  return async (work) => {
    if (underWay >= places) throw new RetryLaterError(COME_AGAIN * (0.5 + 1.5 * random()));
    underWay += 1;
    try {
      await work();
    } finally {
      underWay -= 1;
    }
  };
}
