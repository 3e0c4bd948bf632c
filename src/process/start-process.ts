import type { Environment } from "./environment.ts";
import { openHealth, type Health } from "./health/health.ts";
import { loadEnvironment } from "./load-environment.ts";
import { createLog, type Log, type LOG_LEVELS } from "../platform/log.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

/** Milliseconds from the signal to the end of the process; below the 10 s that Docker and systemd grant. */
const STOP_DEADLINE = 8_000;
/** Milliseconds of it for the jobs at hand. What is left goes to closing connections. */
export const JOBS_DEADLINE = 6_000;

/** The settings that every such process has. */
interface Settings {
  LOG_LEVEL: (typeof LOG_LEVELS)[number];
  HEALTH_PORT?: number | undefined;
  HEALTH_HOST: string;
}

interface ProcessContext<Config> {
  config: Config;
  log: Log;
  /** Served from now on, and until all else is closed. */
  health: Health;
  /** What is closed at the end, last disposables first. */
  disposables: AsyncDisposableStack;
  /** Ends the process in order, with exit code 1. */
  stop: (reason: string) => void;
}

/**
 * What every process that runs until it is told to stop begins with: its settings, a log, its health, and an end in order.
 * @throws StartError that names every wrong setting, or why its health cannot be served
 */
export async function startProcess<Config extends Settings>(
  host: NodeJS.Process,
  readConfig: (environment: Environment) => Config,
): Promise<ProcessContext<Config>> {
  const config = readConfig(loadEnvironment(host));
  const log = createLog({ level: config.LOG_LEVEL, terminal: host.stdout.isTTY });
  const health = await openHealth(config, log);
  const disposables = new AsyncDisposableStack();
  disposables.defer(() => health.close());
  const stop = stopOnSignal(disposables, {
    host,
    log,
    deadline: STOP_DEADLINE,
    onStop: () => health.stopping(),
  });
  // Also of a promise that nobody waits for, as when discord.js cannot make sense of what the gateway has sent.
  host.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "an error that nothing expected");
    stop("after an error that nothing expected its state is unknown");
  });
  return { config, log, health, disposables, stop };
}
