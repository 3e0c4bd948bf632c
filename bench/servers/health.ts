/** What the health port of a bot or a worker says. */
import { setTimeout as wait } from "node:timers/promises";

const POLL_INTERVAL_MS = 20;

/** Resolves when the process with this health port is ready. */
export async function untilReady(port: number): Promise<void> {
  while (!(await isReady(port))) await wait(POLL_INTERVAL_MS);
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

/** Reads a counter. @param series its name with its labels, as in `/metrics` */
export async function readCounter(port: number, series: string): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = metrics.split("\n").find((text) => text.startsWith(`${series} `));
  return Number(line?.slice(series.length));
}
