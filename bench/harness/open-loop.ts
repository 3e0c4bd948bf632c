import { hrtime } from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "../../src/jobs/job.ts";

/**
 * Sends jobs at a fixed rate per second, no matter how fast they are done. Resolves once all are sent, with the time at which each was
 * due, by the shared clock. Latencies are counted from that time, so a late sender does not hide them (no coordinated omission).
 */
export async function openLoop(
  jobs: readonly Job[],
  perSecond: number,
  send: (job: Job) => Promise<void>,
): Promise<number[]> {
  const started = sharedClock();
  const due = jobs.map((_, index) => started + (index / perSecond) * 1_000);
  const sent: Promise<void>[] = [];
  for (const [index, job] of jobs.entries()) {
    const early = (due[index] ?? 0) - sharedClock();
    if (early > 0) await wait(early);
    sent.push(send(job));
  }
  await Promise.all(sent);
  return due;
}

/** A monotonic clock in milliseconds that all processes of the machine share. */
export function sharedClock(): number {
  return Number(hrtime.bigint()) / 1e6;
}
