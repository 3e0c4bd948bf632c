import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "../src/jobs/job.ts";
import { sharedClock } from "./shared-clock.ts";

/**
 * Sends jobs at so many a second, each at its time, whatever has become of those before. Resolves when all are sent, with the time
 * at which each was to be, by the shared clock: from then on somebody waited, also where the sender was late.
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
