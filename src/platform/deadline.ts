/**
 * Waits for work for at most this many milliseconds, then aborts its signal and ignores its result.
 * @throws what the work throws; an Error named TimeoutError when it is late
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

/** Waits until all promises have settled. Returns false when that takes longer than this many milliseconds. */
export async function settleWithin(milliseconds: number, work: Promise<unknown>[]): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(late.resolve, milliseconds, false);
  const done = Promise.allSettled(work).then(() => true);
  return Promise.race([done, late.promise]).finally(() => clearTimeout(timer));
}
