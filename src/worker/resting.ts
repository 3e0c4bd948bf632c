/** Rests for each time as long as the work has taken. */
const REST = 9;
/** Milliseconds. */
const LONGEST_REST = 10_000;

/**
 * Does the work when it is asked for, but takes the last outcome while it rests: at most a tenth of the time goes into work
 * that takes less than a second, and no outcome is older than 10 seconds when one is asked for. Who asks while it is
 * being done gets the same outcome. A failure is nobody else's: it is tried again at once.
 * @param now milliseconds
 */
export function resting<T>(work: () => Promise<T>, now: () => number): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  let until = Infinity;

  return () => {
    if (outcome !== undefined && now() < until) return outcome;
    const began = now();
    until = Infinity;
    outcome = work().then(
      (done) => {
        until = now() + Math.min((now() - began) * REST, LONGEST_REST);
        return done;
      },
      (error: unknown) => {
        outcome = undefined;
        throw error;
      },
    );
    return outcome;
  };
}
