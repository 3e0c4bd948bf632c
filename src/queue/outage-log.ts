import type { Log } from "../platform/log.ts";

interface OutageLog {
  /** @returns the number of failures in a row */
  failed(error: unknown): number;
  recovered(): void;
  isOngoing(): boolean;
}

/** Logs an outage of a service once when it begins and once when it ends, however many requests fail. */
export function outageLog(log: Log, messages: { began: string; ended: string }): OutageLog {
  let failures = 0;
  return {
    failed(error) {
      if (failures === 0) log.warn({ err: error }, messages.began);
      return (failures += 1);
    },
    recovered() {
      if (failures > 0) log.info(messages.ended);
      failures = 0;
    },
    isOngoing: () => failures > 0,
  };
}
