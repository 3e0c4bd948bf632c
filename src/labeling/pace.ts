/** A longer time between two answers is a break. */
const MAX_PAUSE_MS = 5 * 60 * 1_000;
/** The lowest bits of an interaction id say nothing about its time. */
const TIME_SHIFT = 22n;

/**
 * The median time between a person's successive answers, in seconds, without breaks of more than five minutes. Undefined if no two
 * answers belong together.
 * @param ids interaction ids of the answers, in any order
 */
export function paceOf(ids: readonly bigint[]): number | undefined {
  const times = Float64Array.from(ids, (id) => Number(id >> TIME_SHIFT)).toSorted();
  const pauses = times
    .map((time, index) => (index === 0 ? Infinity : time - (times[index - 1] ?? 0)))
    .filter((pause) => pause <= MAX_PAUSE_MS)
    .toSorted();
  const middle = pauses.length >> 1;
  const [low, high] = [pauses[(pauses.length - 1) >> 1], pauses[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2 / 1_000;
}
