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
 * Runs the work unless its slot is full. Work without a slot always runs.
 * @throws RetryLaterError if the slot is full. A job must not wait in the worker, where it would block presses and `/stats`.
 */
export type ConcurrencyGate = (slot: ConcurrencySlot | undefined, work: () => Promise<void>) => Promise<void>;

/** @param concurrency jobs that the worker runs at a time; one slot gets at most half of them */
export function concurrencyGate({
  concurrency,
  random,
}: {
  concurrency: number;
  random: () => number;
}): ConcurrencyGate {
  const running = new Map<ConcurrencySlot, number>();

  return async (slot, work) => {
    if (slot === undefined) return work();
    const count = running.get(slot) ?? 0;
    if (count >= Math.min(slot.concurrency, Math.floor(concurrency / 2))) throw retrySoon(random);
    running.set(slot, count + 1);
    try {
      await work();
    } finally {
      running.set(slot, (running.get(slot) ?? 1) - 1);
    }
  };
}
