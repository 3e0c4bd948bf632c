import type { Cost } from "./growth-costs.ts";
import { figureOf, worstOf, type Figure } from "./report.ts";

export interface Round {
  /** One press, over a third of a part, at each number of rows. */
  presses: Cost[];
  /** A round of 4 images, at each number of images. */
  rounds: Cost[];
  /** Milliseconds from the start of a worker's process to the answer to a `/hotdog` that waited for it, at the most images. */
  first: number;
}

export function growthFigures(done: readonly Round[]): Figure[] {
  const of = (pick: (round: Round) => number | undefined): number[] =>
    done.map((round) => pick(round) ?? Number.NaN);
  const ratio = (large: (round: Round) => Cost, small: (round: Round) => Cost, what: keyof Cost): number[] =>
    of((round) => large(round)[what] / small(round)[what]);
  return [
    figureOf(
      "press at 10⁴ rows",
      of((round) => press(0)(round).time),
      "ms",
    ),
    figureOf(
      "press at 10⁶ rows",
      of((round) => press(1)(round).time),
      "ms",
    ),
    figureOf("press, 10⁶ ÷ 10⁴ rows, time", ratio(press(1), press(0), "time"), "×", { atMost: 1.2 }),
    figureOf("press, 10⁶ ÷ 10⁴ rows, bytes", ratio(press(1), press(0), "bytes"), "×", { atMost: 1.2 }),
    figureOf(
      "press at 10⁶ rows, bytes",
      of((round) => press(1)(round).bytes / 1024),
      "KiB",
    ),
    figureOf(
      "round at 20 images",
      of((round) => images(0)(round).time),
      "ms",
    ),
    figureOf(
      "round at 10⁴ images",
      of((round) => images(1)(round).time),
      "ms",
    ),
    figureOf(
      "round at 10⁶ images",
      of((round) => images(2)(round).time),
      "ms",
    ),
    figureOf("round, 10⁴ ÷ 20 images", ratio(images(1), images(0), "time"), "×", { atMost: 1.5 }),
    figureOf("round, 10⁶ ÷ 20 images", ratio(images(2), images(0), "time"), "×", { atMost: 1.5 }),
    worstOf(
      "worker's start to first round at 10⁶ images, slowest",
      of(({ first }) => first),
      "ms",
      2_000,
    ),
  ];
}

const press =
  (index: number) =>
  ({ presses }: Round): Cost =>
    presses[index] ?? NONE;

const images =
  (index: number) =>
  ({ rounds }: Round): Cost =>
    rounds[index] ?? NONE;

const NONE: Cost = { time: Number.NaN, bytes: Number.NaN };
