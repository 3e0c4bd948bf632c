import type { Log } from "../../platform/log.ts";

/** Milliseconds. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 20_000;

interface Outage {
  /** @returns milliseconds to wait before the next try */
  failed(error: unknown): number;
  succeeded(): void;
  lasting(): boolean;
}

/**
 * Says once that an outage has begun and once that it is over, and how long to wait between tries.
 * @param firstPause milliseconds
 */
export function outage(log: Log, random: () => number, firstPause = FIRST_PAUSE): Outage {
  let failures = 0;
  return {
    failed(error) {
      if (failures === 0) log.warn({ err: error }, "no jobs can be received; trying again until it works");
      failures += 1;
      return Math.min(firstPause * 2 ** (failures - 1), LONGEST_PAUSE) * (0.5 + random() / 2);
    },
    succeeded() {
      if (failures > 0) log.info("jobs can be received again");
      failures = 0;
    },
    lasting: () => failures > 0,
  };
}
