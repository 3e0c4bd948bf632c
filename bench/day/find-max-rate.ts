/** The ratio of the first two rates, and the precision of the result. Each stride in the same direction is as much longer than the last. */
const FIRST_STRIDE = 1.15;
/** A lower rate means that something is broken or the machine is overloaded. */
const MIN_RATE = 1;

export interface SearchResult {
  /** The highest rate that held. */
  held: number;
  /** The lowest rate that did not hold. */
  failed: number;
}

/**
 * Searches for the highest rate per second that holds. It goes up or down from `first` in growing strides until one rate holds and
 * another does not, then bisects at the geometric mean until the two are at most 1.15 × apart.
 * @throws Error if not even one per second holds
 */
export async function findMaxRate(
  first: number,
  holds: (perSecond: number) => Promise<boolean>,
): Promise<SearchResult> {
  let held: number | undefined;
  let failed: number | undefined;
  let stride = FIRST_STRIDE;
  for (let rate = first; ;) {
    if (rate < MIN_RATE) throw new Error(`not even ${MIN_RATE} per second held`);
    if (await holds(rate)) held = rate;
    else failed = rate;
    if (held !== undefined && failed !== undefined) {
      // Allows for rounding errors of the stride.
      if (failed / held < FIRST_STRIDE * 1.001) return { held, failed };
      rate = Math.sqrt(held * failed);
    } else {
      rate = held === undefined ? rate / stride : rate * stride;
      stride *= FIRST_STRIDE;
    }
  }
}
