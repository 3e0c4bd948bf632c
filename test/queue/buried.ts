import type { DeadLetterObserver } from "../../src/queue/queue.ts";

/** Keeps what a queue tells of its dead letters. */
export function deadLetterObserver(): { observe: DeadLetterObserver; buried: () => string[] } {
  const causes: string[] = [];
  return { observe: { buried: (cause) => void causes.push(cause) }, buried: () => causes };
}
