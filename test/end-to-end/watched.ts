import { expect, vi } from "vitest";
import { samplesOf } from "../process/health/samples.ts";
import { runProcess, type RunningProcess } from "./process.ts";

/** A process that serves its health. */
export interface Watched extends RunningProcess {
  url: string;
}

/** Resolves when the health is served, which is before the start is over. */
export async function startWatched(
  opened: AsyncDisposableStack,
  main: string,
  settings: Record<string, string>,
): Promise<Watched> {
  const process = opened.use(runProcess(main, { ...settings, HEALTH_PORT: "0" }));
  const url = await process.waitFor(/health is served at (http:\/\/127\.0\.0\.1:\d+)\/livez/);
  return { ...process, url };
}

interface Readiness {
  code: number;
  status: string;
  checks: Record<string, string>;
}

export const READY = { code: 200, status: "ready" };

export async function readinessOf({ url }: Watched): Promise<Readiness> {
  const answer = await fetch(`${url}/readyz`);
  return { code: answer.status, ...((await answer.json()) as Omit<Readiness, "code">) };
}

/** Waits until the readiness is this. Resolves with the milliseconds that the slowest answer took. */
export async function untilReadiness(process: Watched, expected: object): Promise<number> {
  let longest = 0;
  await vi.waitFor(
    async () => {
      const asked = performance.now();
      const found = await readinessOf(process);
      longest = Math.max(longest, performance.now() - asked);
      expect(found).toMatchObject(expected);
    },
    { timeout: 60_000, interval: 200 },
  );
  return longest;
}

export async function metricsOf({ url }: Watched): Promise<Map<string, number>> {
  return samplesOf(await (await fetch(`${url}/metrics`)).text());
}

/** Waits until the process works on this number of jobs. */
export async function untilInProgress(process: Watched, jobs: number): Promise<void> {
  await vi.waitFor(async () => expect((await metricsOf(process)).get("hotdog_jobs_in_progress")).toBe(jobs), {
    timeout: 60_000,
    interval: 50,
  });
}
