/** With a first wait of 2 s, five attempts span one and a half to three minutes: longer than most outages. */
const GROWTH = 4;

/**
 * Milliseconds to wait after attempt 1, 2, 3 …: growing fourfold from `first`, between half and all of it by chance, so that
 * jobs which failed together do not come back together.
 * @param random from 0 up to, not including, 1
 */
export function backoff(attempt: number, first: number, random: () => number): number {
  return first * GROWTH ** (attempt - 1) * (0.5 + random() / 2);
}
