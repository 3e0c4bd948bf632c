/** Between the first two steps. In the same direction each stride is the square of the one before. */
const STRIDE = 1.15;
/** Below this something is broken, or the machine has no time for us. */
const LEAST = 1;

export interface Found {
  /** The highest rate that held. */
  held: number;
  /** The lowest that did not. */
  failed: number;
}

/**
 * Looks for the highest rate that holds: from `first` in growing strides up, or down, until one rate holds and another does not,
 * then at the geometric mean of the two, until they are at most 1.15 × apart.
 * @throws when not even one a second holds
 */
export async function staircase(
  first: number,
  holds: (perSecond: number) => Promise<boolean>,
): Promise<Found> {
  let held: number | undefined;
  let failed: number | undefined;
  let stride = STRIDE;
  for (let rate = first; ;) {
    if (rate < LEAST) throw new Error(`not even ${LEAST} a second held`);
    if (await holds(rate)) held = rate;
    else failed = rate;
    if (held !== undefined && failed !== undefined) {
      // As computed, a stride may be a little more than it is.
      if (failed / held < STRIDE * 1.001) return { held, failed };
      rate = Math.sqrt(held * failed);
    } else {
      rate = held === undefined ? rate / stride : rate * stride;
      stride **= 2;
    }
  }
}
