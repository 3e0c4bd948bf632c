import { hostname } from "node:os";
import type { Log } from "../../platform/log.ts";
import type { Observer } from "./metrics.ts";
import { readiness, type Readiness } from "./readiness.ts";

export interface Health extends Omit<Readiness, "report"> {
  /** Undefined when nothing is counted. */
  observe: Observer | undefined;
  close(): Promise<void>;
}

/**
 * Serves the health and the metrics of this process. Without a port, nothing is served or counted. The process counts as starting.
 * @throws StartError when the port cannot be used
 */
export async function openHealth(
  { HEALTH_HOST: host, HEALTH_PORT: port }: { HEALTH_HOST: string; HEALTH_PORT?: number | undefined },
  log: Log,
): Promise<Health> {
  const state = readiness();
  if (port === undefined) return { ...state, observe: undefined, close: async () => {} };
  // Imported only here, because they are slow to load.
  const { newMetrics } = await import("./metrics.ts");
  const { serveHealth } = await import("./server.ts");
  const { registry, observe } = newMetrics({ now: Date.now });
  const server = await serveHealth({ host, hostname: hostname(), port, readiness: state, metrics: registry });
  log.info(`health is served at ${server.url}/livez, /readyz and /metrics`);
  return { ...state, observe, close: () => server.close() };
}
