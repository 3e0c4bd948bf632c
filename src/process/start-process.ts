import type { z } from "zod";
import { createLog, terminalOutput, type Log } from "../platform/log.ts";
import { openHealth, type Health } from "./health/health.ts";
import { loadEnvironment } from "./load-environment.ts";
import { readConfig, type configShapes } from "./read-config.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

/** Time from the signal to the end of the process; below the 10 s that Docker and systemd allow. */
const STOP_DEADLINE_MS = 8_000;
/** The part of it for jobs in progress. The rest is for closing connections. */
export const JOBS_DEADLINE_MS = 6_000;

interface ProcessContext<Config> {
  config: Config;
  log: Log;
  /** Served until everything else is closed. */
  health: Health;
  /** Closed when the process stops, in reverse order. */
  disposables: AsyncDisposableStack;
  /** Stops the process in order, with exit code 1. */
  stop: (reason: string) => void;
}

/**
 * Starts a process that runs until it is stopped: reads its settings, creates its log, serves its health and handles its signals.
 * @throws StartError that lists every wrong setting, or says why the health cannot be served
 */
export async function startProcess<Name extends "start" | "bot" | "worker">(
  host: NodeJS.Process,
  name: Name,
): Promise<ProcessContext<z.infer<(typeof configShapes)[Name]>>> {
  const config = readConfig(name, loadEnvironment(host));
  const level = config.LOG_LEVEL;
  const log = createLog(host.stdout.isTTY ? { level, out: await terminalOutput() } : { level });
  const health = await openHealth(config, log);
  const disposables = new AsyncDisposableStack();
  disposables.defer(() => health.close());
  const stop = stopOnSignal(disposables, {
    host,
    log,
    deadline: STOP_DEADLINE_MS,
    onStop: () => health.stopping(),
  });
  // Also called for a rejected promise that nobody awaits, for example when discord.js cannot parse an event of the gateway.
  host.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "unexpected error");
    stop("after an unexpected error, the state of this process is unknown");
  });
  return { config, log, health, disposables, stop };
}
