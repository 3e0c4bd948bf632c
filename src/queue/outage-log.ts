import type { Log } from "../platform/log.ts";

/** Logs an outage of a service once when it begins and once when it ends, however many requests fail. */
export function outageLog(log: Log, messages: { began: string; ended: string }) {
  let failures = 0;
  return {
    /** @returns the number of failures in a row */
    failed(error: unknown): number {
      if (failures === 0) log.warn({ err: error }, messages.began);
      return (failures += 1);
    },
    recovered(): void {
      if (failures > 0) log.info(messages.ended);
      failures = 0;
    },
    isOngoing: (): boolean => failures > 0,
  };
}
