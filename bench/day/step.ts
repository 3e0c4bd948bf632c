import { setTimeout as wait } from "node:timers/promises";
import { jobId, type Job } from "../../src/jobs/job.ts";
import { countCores, type CoresInUse } from "../harness/cpu-usage.ts";
import type { Deployment } from "./deployment.ts";
import { openLoop } from "../harness/open-loop.ts";
import { median } from "../harness/figures.ts";
import type { Servers } from "../servers/servers.ts";

/** The time of sending before the measurement. */
const WARM_UP_SECONDS = 0.5;
const MEASURED_SECONDS = 2;

/** A rate holds only if 99 % of the jobs are confirmed within this time. */
const MAX_P99_MS = 1_000;
/** A rate holds only if the latency grows by no more than this many milliseconds per second. More means a growing backlog. */
const MAX_GROWTH_MS = 100;

/** From this p99 on, a failed rate is not worth a second attempt. */
export const HOPELESS_P99_MS = 1.25 * MAX_P99_MS;

export interface StepResult {
  held: boolean;
  /** Milliseconds. */
  p99: number;
  cores: CoresInUse;
}

/** The number of jobs in a step. */
export function jobCount(perSecond: number): number {
  return Math.round(perSecond * (WARM_UP_SECONDS + MEASURED_SECONDS));
}

/** Sends jobs at a fixed rate and resolves when all are confirmed, so that the next step starts without a backlog. */
export async function runStep(
  jobs: readonly Job[],
  { perSecond, deployment, servers }: { perSecond: number; deployment: Deployment; servers: Servers },
): Promise<StepResult> {
  const counting = wait(WARM_UP_SECONDS * 1_000).then(() =>
    countCores([...Object.entries(servers.pids), ["worker", deployment.worker]]),
  );
  const due = await openLoop(jobs, perSecond, (job) => deployment.sender.send(job));
  const cores = await (await counting)();
  const confirmed = await servers.answerTimes(jobs.map(jobId));
  const times = confirmed.map((at, index) => at - (due[index] ?? Number.NaN));
  const measured = times.slice(Math.round(perSecond * WARM_UP_SECONDS));
  return { held: holds(measured), p99: p99Of(measured), cores };
}

/** Whether a rate held. @param times milliseconds to each confirmation, in the order in which the jobs were due */
export function holds(times: readonly number[]): boolean {
  const third = Math.floor(times.length / 3);
  const growth = median(times.slice(-third)) - median(times.slice(0, third));
  return p99Of(times) < MAX_P99_MS && growth / ((MEASURED_SECONDS * 2) / 3) <= MAX_GROWTH_MS;
}

function p99Of(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
