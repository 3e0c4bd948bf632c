import { expect, vi } from "vitest";
import { samplesOf } from "../process/health/samples.ts";
import { runProcess, type RunningProcess } from "./process.ts";

/** A process with health endpoints. */
export interface MonitoredProcess extends RunningProcess {
  /** The base URL of the health endpoints. */
  url: string;
}

/** Starts a process and resolves when its health endpoints are up, which is before it is ready. */
export async function startWithHealth(
  disposables: AsyncDisposableStack,
  main: string,
  settings: Record<string, string>,
): Promise<MonitoredProcess> {
  const process = disposables.use(runProcess(main, { ...settings, HEALTH_PORT: "0" }));
  const url = await process.waitFor(/health is served at (http:\/\/127\.0\.0\.1:\d+)\/livez/);
  return { ...process, url };
}

interface Readiness {
  code: number;
  status: string;
  checks: Record<string, string>;
}

export const READY = { code: 200, status: "ready" };

export async function readinessOf({ url }: MonitoredProcess): Promise<Readiness> {
  const answer = await fetch(`${url}/readyz`);
  return { code: answer.status, ...((await answer.json()) as Omit<Readiness, "code">) };
}

/** Waits until the readiness matches. Resolves with the milliseconds that the slowest response took. */
export async function untilReadiness(process: MonitoredProcess, expected: object): Promise<number> {
  let longest = 0;
  await vi.waitFor(
    async () => {
      const sent = performance.now();
      const found = await readinessOf(process);
      longest = Math.max(longest, performance.now() - sent);
      expect(found).toMatchObject(expected);
    },
    { timeout: 60_000, interval: 200 },
  );
  return longest;
}

export async function metricsOf({ url }: MonitoredProcess): Promise<Map<string, number>> {
  return samplesOf(await (await fetch(`${url}/metrics`)).text());
}

/** Waits until the process has this number of jobs in progress. */
export async function untilInProgress(process: MonitoredProcess, jobs: number): Promise<void> {
  await vi.waitFor(async () => expect((await metricsOf(process)).get("hotdog_jobs_in_progress")).toBe(jobs), {
    timeout: 60_000,
    interval: 50,
  });
}
