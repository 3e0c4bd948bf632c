const first = 200;
const longest = 5000;

/**
 * Milliseconds to wait before the next attempt, twice as long each time, up to 5 s. `chance` (0 to 1) spreads the
 * windows of one browser, which have all lost the server at the same moment.
 */
export function delayBefore(attempts: number, chance: number): number {
  const delay = Math.min(first * 2 ** Math.min(attempts, 10), longest);
  return delay * (0.75 + chance / 4);
}
