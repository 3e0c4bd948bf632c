/**
 * The result of work that is given this many milliseconds. Then its signal is aborted, and what it does from there on,
 * even if it never settles, is nobody's concern.
 */
export async function withDeadline<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const controller = new AbortController();
  const timer = setTimeout(() => {
    const reason = new Error(`no result within ${milliseconds / 1_000} s`);
    reason.name = "TimeoutError";
    late.reject(reason);
    controller.abort(reason);
  }, milliseconds);
  try {
    return await Promise.race([work(controller.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
