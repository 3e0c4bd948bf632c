/**
 * The timers and clocks of the process, as they are when this module is loaded. The local Discord uses only these, so it runs on
 * while a test has replaced the global ones with fake timers.
 */
const { Date: RealDate, performance: realPerformance } = globalThis;

export const { setTimeout: setRealTimeout, clearTimeout: clearRealTimeout } = globalThis;

/** Current time in milliseconds since 1970. */
export const realNow = RealDate.now.bind(RealDate);

/** Milliseconds since the start of the process, with fractions. */
export const realElapsed = realPerformance.now.bind(realPerformance);

/** Resolves after this many milliseconds, or as soon as the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setRealTimeout(resolve, milliseconds);
  const stop = () => {
    clearRealTimeout(timer);
    resolve();
  };
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return promise.finally(() => signal.removeEventListener("abort", stop));
}
