import { vi } from "vitest";
import type { Deployment } from "./deployment.ts";

/** Milliseconds: far longer than anything takes. */
const PATIENCE = { timeout: 120_000, interval: 100 };

/** Where faults happen. */
export interface Place extends Deployment {
  /** Resolves when the person sees an end of everything that was asked before this fault, and an answer to something since. */
  earlierIsOver(): Promise<void>;
}

export interface Fault {
  /** As in "loses and doubles nothing when …". */
  name: string;
  /** Starts and ends the fault. Resolves with the number of hits of the kind that hit the fewest. */
  happen: (place: Place) => Promise<number>;
  /** Whether those who ask meanwhile may be left with "thinking", for whom nothing was recorded. */
  leavesThinking?: boolean;
}

/** Resolves with a count once it is more than none. */
export async function untilHit(count: () => number): Promise<number> {
  await untilTrue(() => count() > 0, "nothing was hit");
  return count();
}

/** @param otherwise the error message if the check never succeeds */
export async function untilTrue(
  check: () => boolean | Promise<boolean>,
  otherwise: string,
  patience = PATIENCE,
): Promise<void> {
  await vi.waitFor(async () => {
    if (!(await check())) throw new Error(otherwise);
  }, patience);
}
