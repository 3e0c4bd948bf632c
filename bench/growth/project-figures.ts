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
}

type Work = keyof ProjectRound;

/** @param rotations in a store with 10,000 projects: of each round, by the number of projects that are pressed in turn */
export function projectFigures(
  measured: readonly ProjectRound[],
  rotations: readonly (readonly WorkCost[])[],
): Figure[] {
  const line = figuresFrom(measured);
  const cost = (work: Work, index: number, unit: keyof WorkCost) => (round: ProjectRound) =>
    costAt(index, unit)(round[work]);
  const ratio = (work: Work, unit: keyof WorkCost) => (round: ProjectRound) =>
    cost(work, 1, unit)(round) / cost(work, 0, unit)(round);
  const rotationLine = figuresFrom(rotations);
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
      rotationLine(`press in ${count} projects in turn`, costAt(index, "time"), "ms"),
      rotationLine(`press in ${count} projects in turn, CPU time`, costAt(index, "cpu"), "ms"),
      rotationLine(`press in ${count} projects in turn, requests`, costAt(index, "requests"), "requests"),
    ]),
  ];
}

const costAt = (index: number, unit: keyof WorkCost) => (costs: readonly WorkCost[]) =>
  costs[index]?.[unit] ?? Number.NaN;
