import type { Log } from "../platform/log.ts";

interface Options {
  host: Pick<NodeJS.Process, "on" | "exit">;
  log: Log;
  /** Milliseconds until the process ends whatever is unfinished; below the 10 s that Docker and systemd grant. */
  deadline: number;
  /** Called before anything is closed. */
  onStop?: () => void;
}

/**
 * At SIGTERM or SIGINT closes what was disposables, last disposables first, and exits with 0. A second signal exits at once.
 * @returns does the same for another reason, and exits with 1
 */
export function stopOnSignal(
  disposables: AsyncDisposableStack,
  { host, log, deadline, onStop }: Options,
): (reason: string) => void {
  let stopping = false;

  async function stop(): Promise<void> {
    const timer = setTimeout(() => {
      log.error({ deadline }, "not everything could be finished in time");
      host.exit(1);
    }, deadline);
    await disposables.disposeAsync();
    clearTimeout(timer);
    log.info("stopped");
  }

  function begin(code: number): void {
    stopping = true;
    onStop?.();
    stop().then(
      () => host.exit(code),
      (error: unknown) => {
        log.error({ err: error }, "could not stop in order");
        host.exit(1);
      },
    );
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    host.on(signal, () => {
      if (stopping) return host.exit(1);
      log.info({ signal }, "stopping: no new work is taken, what is held is finished");
      return begin(0);
    });
  }
  return (reason) => {
    if (stopping) return;
    log.error(`stopping: ${reason}`);
    begin(1);
  };
}
