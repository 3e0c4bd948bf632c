import type { Log } from "./log.ts";

interface Options {
  host: Pick<NodeJS.Process, "on" | "exit">;
  log: Log;
  /** Milliseconds until the process ends whatever is unfinished; below the 10 s that Docker and systemd grant. */
  deadline: number;
}

/** At SIGTERM or SIGINT closes what was opened, last opened first, and exits. A second signal exits at once. */
export function stopOnSignal(opened: AsyncDisposableStack, { host, log, deadline }: Options): void {
  let stopping = false;

  async function stop(): Promise<void> {
    const timer = setTimeout(() => {
      log.error({ deadline }, "not everything could be finished in time");
      host.exit(1);
    }, deadline);
    await opened.disposeAsync();
    clearTimeout(timer);
    log.info("stopped");
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    host.on(signal, () => {
      if (stopping) host.exit(1);
      stopping = true;
      log.info({ signal }, "stopping: no new work is taken, what is held is finished");
      stop().then(
        () => host.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "could not stop in order");
          host.exit(1);
        },
      );
    });
  }
}
