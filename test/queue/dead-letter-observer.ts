import type { DeadLetterObserver } from "../../src/queue/queue.ts";

/** Records why jobs were moved to the dead-letter queue. */
export function deadLetterObserver(): { observe: DeadLetterObserver; causes: () => string[] } {
  const causes: string[] = [];
  return { observe: { deadLettered: (cause) => void causes.push(cause) }, causes: () => causes };
}
