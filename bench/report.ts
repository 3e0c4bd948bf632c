/** One line of the table. */
export interface Figure {
  name: string;
  /** What it is made of. */
  note?: string;
  /** Median of the rounds, unless it is said to be the worst. */
  figure: number;
  unit: string;
  /** Least and greatest of the rounds. */
  spread: [least: number, greatest: number];
  /** As it is to be read; absent for what is only compared with. */
  goal?: string;
  met?: boolean;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share from 0 up to, not including, 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** Of each round. */
export function ratios(of: readonly number[], to: readonly number[]): number[] {
  return of.map((one, round) => one / (to[round] ?? Number.NaN));
}

/** Lines of the table, each from one figure of each round. */
export function linesOf<Round>(rounds: readonly Round[]) {
  return (name: string, pick: (round: Round) => number, unit: string, goal?: Goal): Figure =>
    figureOf(name, rounds.map(pick), unit, goal);
}

/** Greatest or least allowed value of a figure. */
interface Goal {
  atLeast?: number;
  atMost?: number;
}

/** For what must not happen even once: the worst of the rounds counts. */
export function neverOf(name: string, rounds: readonly number[], unit: string): Figure {
  return { ...worstOf(name, rounds, unit, 0), goal: "0" };
}

/** For what must hold every time: the worst of the rounds counts. */
export function worstOf(name: string, rounds: readonly number[], unit: string, atMost: number): Figure {
  const worst = Math.max(...rounds);
  const spread: [number, number] = [Math.min(...rounds), worst];
  return { name, figure: worst, unit, spread, goal: `≤ ${atMost}`, met: worst <= atMost };
}

/**
 * @param goal greatest or least allowed value of the figure, which is the median of the rounds
 */
export function figureOf(name: string, rounds: readonly number[], unit: string, goal: Goal = {}): Figure {
  const { atLeast, atMost } = goal;
  const figure = median(rounds);
  const base = { name, figure, unit, spread: [Math.min(...rounds), Math.max(...rounds)] as [number, number] };
  if (atLeast !== undefined) return { ...base, goal: `≥ ${atLeast}`, met: figure >= atLeast };
  if (atMost !== undefined) return { ...base, goal: `≤ ${atMost}`, met: figure <= atMost };
  return base;
}
