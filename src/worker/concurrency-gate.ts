import pLimit, { type LimitFunction } from "p-limit";
import type { ConcurrencySlot } from "../jobs/declaration.ts";
import { RetryLaterError } from "../queue/queue.ts";

const RETRY_DELAY_MS = 1_000;

/**
 * Postpones a job that has to wait for others. The delay is random, from half a second to two seconds, so that postponed jobs do
 * not all return at once.
 */
export function retrySoon(random: () => number): RetryLaterError {
  return new RetryLaterError(RETRY_DELAY_MS * (0.5 + 1.5 * random()));
}

/**
 * Runs the work when its slot has room. Work without a slot always runs at once.
 * @throws RetryLaterError if the slot and its waiting places are full. More jobs must not wait in the worker, where they would block
 *   presses and `/stats`.
 */
export type ConcurrencyGate = (slot: ConcurrencySlot | undefined, work: () => Promise<void>) => Promise<void>;

/** @param concurrency jobs that the worker runs at a time, at least 2; one slot with its waiting places gets at most half of them */
export function concurrencyGate({
  concurrency,
  random,
}: {
  concurrency: number;
  random: () => number;
}): ConcurrencyGate {
  const half = Math.floor(concurrency / 2);
  const limits = new Map<ConcurrencySlot, LimitFunction>();

  function limitOf(slot: ConcurrencySlot): LimitFunction {
    const limit = limits.get(slot) ?? pLimit(Math.min(slot.concurrency, half));
    limits.set(slot, limit);
    return limit;
  }

  return async (slot, work) => {
    if (slot === undefined) return work();
    const places = Math.min(slot.concurrency + (slot.waiting ?? 0), half);
    const limit = limitOf(slot);
    if (limit.activeCount + limit.pendingCount >= places) throw retrySoon(random);
    return limit(work);
  };
}
