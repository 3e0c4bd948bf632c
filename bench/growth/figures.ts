import type { Cost } from "./costs.ts";
import { figuresFrom, worstFigure, type Figure } from "../harness/figures.ts";

export interface Round {
  /** The average cost of a press over a third of a part, at each number of rows. */
  presses: readonly Cost[];
  /** The cost of a round of 4 images, at each number of images. */
  rounds: readonly Cost[];
  /** Milliseconds from the start of a worker's process to its answer to a waiting `/hotdog`, at the largest number of images. */
  first: number;
}

export function growthFigures(measured: readonly Round[]): Figure[] {
  const line = figuresFrom(measured);
  return [
    line("press at 10⁴ rows", (round) => press(0)(round).time, "ms"),
    line("press at 10⁶ rows", (round) => press(1)(round).time, "ms"),
    line("press, 10⁶ ÷ 10⁴ rows, time", ratio(press(1), press(0), "time"), "×", { atMost: 1.2 }),
    line("press, 10⁶ ÷ 10⁴ rows, bytes", ratio(press(1), press(0), "bytes"), "×", { atMost: 1.2 }),
    line("press at 10⁶ rows, traffic", (round) => press(1)(round).bytes / 1024, "KiB"),
    line("round at 20 images", (round) => images(0)(round).time, "ms"),
    line("round at 10⁴ images", (round) => images(1)(round).time, "ms"),
    line("round at 10⁶ images", (round) => images(2)(round).time, "ms"),
    line("round, 10⁴ ÷ 20 images", ratio(images(1), images(0), "time"), "×", { atMost: 1.5 }),
    line("round, 10⁶ ÷ 20 images", ratio(images(2), images(0), "time"), "×", { atMost: 1.5 }),
    worstFigure(
      "worker start to first round at 10⁶ images, slowest",
      measured.map(({ first }) => first),
      "ms",
      2_000,
    ),
  ];
}

type Pick = (round: Round) => Cost;

const ratio =
  (large: Pick, small: Pick, unit: keyof Cost) =>
  (round: Round): number =>
    large(round)[unit] / small(round)[unit];

const press =
  (index: number) =>
  ({ presses }: Round): Cost =>
    presses[index] ?? NONE;

const images =
  (index: number) =>
  ({ rounds }: Round): Cost =>
    rounds[index] ?? NONE;

const NONE: Cost = { time: Number.NaN, bytes: Number.NaN };
