import { hostname } from "node:os";
import type { Log } from "../../platform/log.ts";
import type { Observer } from "./metrics.ts";
import { readiness, type Readiness } from "./readiness.ts";

interface HealthSettings {
  /** When unset, nothing is served or counted. */
  HEALTH_PORT?: number | undefined;
  HEALTH_HOST: string;
}

export interface Health extends Omit<Readiness, "report"> {
  /** Counts and measures what happens. */
  observe: Observer | undefined;
  close(): Promise<void>;
}

/**
 * Serves the health of this process, which counts as starting, if its settings ask for that.
 * @throws StartError when the port cannot be used
 */
export async function openHealth(
  { HEALTH_HOST: host, HEALTH_PORT: port }: HealthSettings,
  log: Log,
): Promise<Health> {
  const state = readiness();
  if (port === undefined) return { ...state, observe: undefined, close: async () => {} };
  // Imported only here, because they are slow to load.
  const [{ newMetrics }, { serveHealth }] = await Promise.all([
    import("./metrics.ts"),
    import("./server.ts"),
  ]);
  const { registry, observe } = newMetrics({ now: Date.now });
  const server = await serveHealth({ host, hostname: hostname(), port, readiness: state, metrics: registry });
  log.info(`health is served at ${server.url}/livez, /readyz and /metrics`);
  return { ...state, observe, close: () => server.close() };
}
