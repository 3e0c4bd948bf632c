import { setTimeout as wait } from "node:timers/promises";
import { jobId, type Job } from "../src/jobs/job.ts";
import { countCores, type CoresInUse } from "./cores-in-use.ts";
import type { Site } from "./day-site.ts";
import { openLoop } from "./open-loop.ts";
import { median } from "./report.ts";
import type { Servers } from "./stats-servers.ts";

/** Seconds of sending that are not measured, and that are. */
const WARM_UP = 0.5;
const MEASURED = 2;

/** Milliseconds within which 99 of 100 jobs are to be confirmed. */
const P99 = 1_000;
/** Milliseconds that a confirmation may take longer with each second that passes; more, and a backlog grows. */
const GROWTH = 100;

/** Milliseconds of p99 with which a rate is not worth another attempt. */
export const HOPELESS = 1.25 * P99;

export interface Step {
  held: boolean;
  /** Milliseconds. */
  p99: number;
  cores: CoresInUse;
}

export function jobsOfStep(perSecond: number): number {
  return Math.round(perSecond * (WARM_UP + MEASURED));
}

/** Sends at this rate, and resolves when all is confirmed, so that the next step begins with nothing to do. */
export async function step(
  jobs: readonly Job[],
  { perSecond, site, servers }: { perSecond: number; site: Site; servers: Servers },
): Promise<Step> {
  const workers = site.workers.map((pid) => ["workers", pid] as const);
  const counting = wait(WARM_UP * 1_000).then(() =>
    countCores([...Object.entries(servers.pids), ...workers]),
  );
  const due = await openLoop(jobs, perSecond, (job) => site.sender.send(job));
  const cores = await (await counting)();
  const confirmed = await servers.answered(jobs.map(jobId));
  const times = confirmed.map((at, index) => at - (due[index] ?? Number.NaN));
  const measured = times.slice(Math.round(perSecond * WARM_UP));
  return { held: holds(measured), p99: p99Of(measured), cores };
}

/** @param times milliseconds to the confirmation, in the order in which the jobs were to be sent, evenly spread */
export function holds(times: readonly number[]): boolean {
  const third = Math.floor(times.length / 3);
  const grown = median(times.slice(-third)) - median(times.slice(0, third));
  return p99Of(times) < P99 && grown / ((MEASURED * 2) / 3) <= GROWTH;
}

function p99Of(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
