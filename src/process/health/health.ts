import { hostname } from "node:os";
import type { Log } from "../../platform/log.ts";
import type { Observer } from "./metrics.ts";
import { readiness, type Readiness } from "./readiness.ts";

interface Settings {
  /** Nothing is served and nothing counted without one. */
  HEALTH_PORT?: number | undefined;
  HEALTH_HOST: string;
}

export interface Health extends Omit<Readiness, "report"> {
  /** Told of what happens, for the metrics. */
  observe: Observer | undefined;
  close(): Promise<void>;
}

/**
 * Serves the health of a process where its settings want that, as one that is starting.
 * @throws StartError when the port cannot be listened on
 */
export async function openHealth(
  { HEALTH_HOST: host, HEALTH_PORT: port }: Settings,
  log: Log,
): Promise<Health> {
  const state = readiness();
  if (port === undefined) return { ...state, observe: undefined, close: async () => {} };
  // Loaded only where they are used.
  const [{ newMetrics }, { serveHealth }] = await Promise.all([
    import("./metrics.ts"),
    import("./server.ts"),
  ]);
  const { registry, observe } = newMetrics({ now: Date.now });
  const server = await serveHealth({ host, hostname: hostname(), port, readiness: state, metrics: registry });
  log.info(`health is served at ${server.url}/livez, /readyz and /metrics`);
  return { ...state, observe, close: () => server.close() };
}
