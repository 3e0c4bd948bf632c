/** In their order or, in every other round, from the last to the first. */
export function byTurns<T>(all: readonly T[], round: number): readonly T[] {
  return round % 2 === 1 ? all.toReversed() : all;
}

/** Measures one after the other by turns. What came of each stands in their own order. */
export async function measuredByTurns<T, Outcome>(
  all: readonly T[],
  round: number,
  measure: (one: T) => Promise<Outcome>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of byTurns(all, round)) outcomes.push(await measure(one));
  return byTurns(outcomes, round);
}
