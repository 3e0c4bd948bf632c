import { figuresFrom, type Figure } from "../harness/figures.ts";
import type { WorkCost } from "./project-costs.ts";
import { IN_TURN } from "./projects.ts";

export interface ProjectRound {
  /** In a store with one project, and in one with 10,000. */
  press: readonly WorkCost[];
  firstPress: readonly WorkCost[];
  round: readonly WorkCost[];
  progress: readonly WorkCost[];
  /** In a store with three projects, and in one with 10,000. */
  forget: readonly WorkCost[];
  /** In a store with 10,000 projects, by the number of projects that are pressed in turn. */
  rotation: readonly WorkCost[];
}

type Work = Exclude<keyof ProjectRound, "rotation">;

export function projectFigures(measured: readonly ProjectRound[]): Figure[] {
  const line = figuresFrom(measured);
  const cost = (work: keyof ProjectRound, index: number, unit: keyof WorkCost) => (round: ProjectRound) =>
    round[work][index]?.[unit] ?? Number.NaN;
  const ratio = (work: Work, unit: keyof WorkCost) => (round: ProjectRound) =>
    cost(work, 1, unit)(round) / cost(work, 0, unit)(round);
  const compared = (name: string, work: Work, few: string, atMost: number): Figure[] => [
    line(`${name}, ${few}`, cost(work, 0, "time"), "ms"),
    line(`${name}, 10⁴ projects`, cost(work, 1, "time"), "ms"),
    line(`${name}, 10⁴ projects ÷ ${few}, time`, ratio(work, "time"), "×", { atMost }),
    line(`${name}, 10⁴ projects ÷ ${few}, CPU time`, ratio(work, "cpu"), "×", { atMost }),
    line(`${name}, 10⁴ projects ÷ ${few}, requests`, ratio(work, "requests"), "×", { atMost }),
  ];
  return [
    ...compared("press", "press", "1 project", 1.2),
    ...compared("first press in a worker", "firstPress", "1 project", 1.2),
    ...compared("round of a project", "round", "1 project", 1.2),
    ...compared("/progress of a project, first call", "progress", "1 project", 1.2),
    ...compared("/forget-me in 3 projects", "forget", "3 projects", 2),
    ...IN_TURN.flatMap((count, index) => [
      line(`press in ${count} projects in turn`, cost("rotation", index, "time"), "ms"),
      line(`press in ${count} projects in turn, CPU time`, cost("rotation", index, "cpu"), "ms"),
      line(`press in ${count} projects in turn, requests`, cost("rotation", index, "requests"), "requests"),
    ]),
  ];
}
