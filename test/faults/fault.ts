import { vi } from "vitest";
import type { Deployment } from "./deployment.ts";

/** Far longer than anything takes on an idle machine. With ten processes for each core, 120 s were not enough. */
const WAIT_OPTIONS = { timeout: 300_000, interval: 100 };

/** The deployment into which faults are injected. */
export interface FaultTarget extends Deployment {
  /** Resolves when all requests from before this fault are done, and a request since then is answered. */
  earlierRequestsDone(): Promise<void>;
}

export interface Fault {
  /** Completes the sentence "loses and duplicates nothing while …". */
  name: string;
  /** Starts and ends the fault. Resolves with how often it had an effect; of several kinds of effects, the rarest counts. */
  inject: (place: FaultTarget) => Promise<number>;
  /** Whether requests during the fault may stay "thinking…" if nothing was recorded for them. */
  mayLeaveThinking?: boolean;
}

/** Waits until the count is above 0 and resolves with it. */
export async function waitForHit(count: () => number): Promise<number> {
  await waitUntil(() => count() > 0, "the fault had no effect");
  return count();
}

/** @param failure the error message if the check never succeeds */
export async function waitUntil(
  check: () => boolean | Promise<boolean>,
  failure: string,
  options = WAIT_OPTIONS,
): Promise<void> {
  await vi.waitFor(async () => {
    if (!(await check())) throw new Error(failure);
  }, options);
}
