/** Between two steps. */
const STRIDE = 1.3;
/** Below this something is broken, or the machine has no time for us. */
const LEAST = 1;

export interface Found {
  /** The highest rate that held. */
  held: number;
  /** The lowest that did not. */
  failed: number;
}

/**
 * Looks for the highest rate that holds: from `first` in strides up, or down, until one rate holds and the next does not, then once
 * at the geometric mean of the two, so that they end 1.14 × apart.
 * @throws when not even one a second holds
 */
export async function staircase(
  first: number,
  holds: (perSecond: number) => Promise<boolean>,
): Promise<Found> {
  let held: number | undefined;
  let failed: number | undefined;
  for (let rate = first; held === undefined || failed === undefined;) {
    if (rate < LEAST) throw new Error(`not even ${LEAST} a second held`);
    if (await holds(rate)) rate = (held = rate) * STRIDE;
    else rate = (failed = rate) / STRIDE;
  }
  const between = Math.sqrt(held * failed);
  return (await holds(between)) ? { held: between, failed } : { held, failed: between };
}
