/** As a shell says of a program that SIGINT has ended. */
export const INTERRUPTED = 130;
/** npm passes on the signal that the terminal has sent already: within this many milliseconds they are one Ctrl+C. */
const SAME_SIGNAL = 500;

/** At SIGINT or SIGTERM; at a second one the process ends as it stands. */
export function abortOnSignal(
  host: Pick<NodeJS.Process, "on" | "exit">,
  now: () => number = Date.now,
): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  const receive = (): void => {
    if (controller.signal.aborted && now() - since > SAME_SIGNAL) host.exit(INTERRUPTED);
    if (!controller.signal.aborted) since = now();
    controller.abort();
  };
  host.on("SIGINT", receive).on("SIGTERM", receive);
  return controller.signal;
}
