import type { Log } from "../platform/log.ts";

interface Options {
  host: Pick<NodeJS.Process, "on" | "exit">;
  log: Log;
  /** Milliseconds until the process exits, even if something is unfinished; below the 10 s that Docker and systemd allow. */
  deadline: number;
  /** Called before anything is closed. */
  onStop: () => void;
}

/**
 * Stops a process at SIGTERM or SIGINT: closes the disposables in reverse order within the deadline, and exits with 0. A second signal
 * exits at once. Commands use `abortOnSignal` instead, because they end by themselves and report the interruption in their exit code.
 * @returns stops the process for another reason, and exits with 1
 */
export function stopOnSignal(
  disposables: AsyncDisposableStack,
  { host, log, deadline, onStop }: Options,
): (reason: string) => void {
  let stopping = false;

  async function stop(code: number): Promise<void> {
    stopping = true;
    onStop();
    const timer = setTimeout(() => {
      log.error({ deadline }, "could not finish everything in time");
      host.exit(1);
    }, deadline);
    try {
      await disposables.disposeAsync();
    } catch (error) {
      log.error({ err: error }, "could not close everything");
      return host.exit(1);
    }
    clearTimeout(timer);
    log.info("stopped");
    return host.exit(code);
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    host.on(signal, () => {
      if (stopping) return host.exit(1);
      log.info({ signal }, "stopping: finishing the work in progress, taking no new work");
      return void stop(0);
    });
  }
  return (reason) => {
    if (stopping) return;
    log.error(`stopping: ${reason}`);
    void stop(1);
  };
}
