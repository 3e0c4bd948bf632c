/*
 * Systems that are compared are measured in interleaved runs: one after the other in each round, in alternating order. What slows
 * the machine down for a while then affects all of them alike.
 */

/** Returns the items in their order, or reversed in every other round. */
export function roundOrder<T>(items: readonly T[], round: number): readonly T[] {
  return round % 2 === 1 ? items.toReversed() : items;
}

/** Measures the items one after the other in this round's order. The results are in the order of the items. */
export async function measureInterleaved<T, Result>(
  items: readonly T[],
  round: number,
  measure: (item: T) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of roundOrder(items, round)) results.push(await measure(item));
  return roundOrder(results, round);
}
