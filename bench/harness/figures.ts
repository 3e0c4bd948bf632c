import { z } from "zod";

/** One row of the table. */
export interface Figure {
  name: string;
  /** Details, such as a breakdown. */
  note?: string;
  /** The median of the rounds, or the worst round if the name says so. */
  value: number;
  unit: string;
  /** Minimum and maximum of the rounds. */
  range: [min: number, max: number];
  /** The goal as people read it, such as "≤ 4". Absent for figures that only serve as a comparison. */
  goal?: string;
  met?: boolean;
}

/** The figures that another process has made. */
export const figureList: z.ZodType<Figure[]> = z.array(
  z.object({
    name: z.string(),
    note: z.string().exactOptional(),
    value: z.number(),
    unit: z.string(),
    range: z.tuple([z.number(), z.number()]),
    goal: z.string().exactOptional(),
    met: z.boolean().exactOptional(),
  }),
);

/** The lowest or the highest value that meets the goal. */
interface Goal {
  atLeast?: number;
  atMost?: number;
}

/** Makes a figure of the median of the rounds. */
export function medianFigure(name: string, rounds: readonly number[], unit: string, goal: Goal = {}): Figure {
  const { atLeast, atMost } = goal;
  const value = median(rounds);
  const figure = { name, value, unit, range: rangeOf(rounds) };
  if (atLeast !== undefined) return { ...figure, goal: `≥ ${atLeast}`, met: value >= atLeast };
  if (atMost !== undefined) return { ...figure, goal: `≤ ${atMost}`, met: value <= atMost };
  return figure;
}

/** Returns a function that makes figures, each from one value of each round. */
export function figuresFrom<Round>(rounds: readonly Round[]) {
  return (name: string, pick: (round: Round) => number, unit: string, goal?: Goal): Figure =>
    medianFigure(name, rounds.map(pick), unit, goal);
}

/** Makes a figure of the worst round, for what must hold in every round. */
export function worstFigure(name: string, rounds: readonly number[], unit: string, atMost: number): Figure {
  const value = Math.max(...rounds);
  return { name, value, unit, range: rangeOf(rounds), goal: `≤ ${atMost}`, met: value <= atMost };
}

/** Makes a figure of the worst round, for what must never happen. */
export function zeroFigure(name: string, rounds: readonly number[], unit: string): Figure {
  return { ...worstFigure(name, rounds, unit, 0), goal: "0" };
}

function rangeOf(rounds: readonly number[]): [min: number, max: number] {
  return [Math.min(...rounds), Math.max(...rounds)];
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share from 0 inclusive to 1 exclusive */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** Divides the values of each round. */
export function ratios(dividends: readonly number[], divisors: readonly number[]): number[] {
  return dividends.map((dividend, round) => dividend / (divisors[round] ?? Number.NaN));
}
