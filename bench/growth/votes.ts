import { z } from "zod";
import { startChild } from "../harness/child.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { memoryUsage } from "../harness/memory-usage.ts";
import { startS3 } from "../servers/s3.ts";

/** As many projects as a worker keeps, with as many rows as it keeps. */
const KEPT_PROJECTS = 100;
const ROWS = 20_000;
/** With five answers each. */
const IMAGES = ROWS / 5;
/** Number of projects that are read once more, and of projects beyond those that are kept. */
const MEASURED = 5;
const MIB = 1024 * 1024;

const usage = z.object({
  /** CPU milliseconds per project. */
  cpu: z.number(),
  memory: memoryUsage,
});
type Usage = z.infer<typeof usage>;
type Reading = "one" | "kept" | "again" | "beyond" | "dropped";

/**
 * Measures the memory of a worker that keeps the votes of 100 projects and 2,000,000 rows, and what a round by priority costs in a
 * project whose votes are kept, and in one whose votes were dropped for those of other projects. Nothing but memory and CPU time is
 * measured, so that other work may run meanwhile.
 */
export async function voteCosts(): Promise<Figure[]> {
  const count = KEPT_PROJECTS + MEASURED;
  await using s3 = await startS3({ images: 0, rows: 0, projects: { count, images: IMAGES, rows: ROWS } });
  await using worker = startChild(new URL("./votes-process.ts", import.meta.url), {
    preload: new URL("../../src/platform/compile-cache.ts", import.meta.url),
    settings: s3.settings,
    args: [s3.bucket],
  });
  const read = async (first: number, projects: number): Promise<Usage> =>
    usage.parse(await worker.ask({ first, count: projects }));
  return voteFigures({
    one: await read(0, 1),
    kept: await read(0, KEPT_PROJECTS),
    again: await read(KEPT_PROJECTS - MEASURED, MEASURED),
    beyond: await read(KEPT_PROJECTS, MEASURED),
    dropped: await read(0, MEASURED),
  });
}

function voteFigures({ one, kept, again, beyond, dropped }: Record<Reading, Usage>): Figure[] {
  return [
    figure("memory of a worker with the votes of 1 project of 20,000 rows", one.memory.afterGc / MIB, "MiB"),
    figure("memory of a worker with 100 projects and 2·10⁶ rows", kept.memory.afterGc / MIB, "MiB"),
    figure(`memory of a worker after ${2 * MEASURED} projects more`, dropped.memory.afterGc / MIB, "MiB"),
    figure("votes of a project of 20,000 rows, kept, CPU time", again.cpu, "ms"),
    figure("votes of a project of 20,000 rows, read first, CPU time", beyond.cpu, "ms"),
    figure("votes of a project of 20,000 rows, dropped before, CPU time", dropped.cpu, "ms"),
  ];
}

function figure(name: string, value: number, unit: string): Figure {
  return medianFigure(name, [value], unit);
}
