import { hrtime } from "node:process";

/** Milliseconds since some time in the past, the same for all processes of a machine. */
export function sharedClock(): number {
  return Number(hrtime.bigint()) / 1e6;
}
