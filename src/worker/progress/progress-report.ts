import { progressSteps, type Progress } from "../../labeling/progress.ts";
import { runInSlices } from "../../platform/run-in-slices.ts";
import type { Log } from "../../platform/log.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelTally } from "../../project/label-tally.ts";
import type { Texts } from "../../texts/texts.ts";
import type { LabelEstimate } from "../label-estimate.ts";
import { asyncCache } from "../../platform/async-cache.ts";
import { altOf, chartOf, type Chart } from "./chart/chart.ts";

/** Listing a large set takes most of the time, so the list is kept longest. */
const NAMES_LIFETIME = { times: 20, max: 30_000 };
const FIGURES_LIFETIME = { times: 4, max: 10_000 };
const BOARDS_LIFETIME = { times: 4, max: 10_000 };

export interface Board {
  progress: Progress;
  /** Absent where there is nothing to show, and where it cannot be drawn. */
  picture: { png: Buffer; alt: string } | undefined;
}

interface Sources {
  images: ImageSet;
  tally: LabelTally;
  log: Log;
}

/** Figures and picture, shared by all who ask in this language at about the same time. */
export type ProgressReport = (texts: Texts, sources: Sources) => Promise<Board>;

interface Options {
  estimate: LabelEstimate;
  /** Milliseconds since 1970. */
  now: () => number;
  /** What draws; loaded when it is first needed, for a worker's start need not wait for it. */
  load?: () => Promise<Pencil>;
}

export function progressReport({ estimate, now, load = loadPencil }: Options): ProgressReport {
  const names = asyncCache<string[]>({ lifetime: NAMES_LIFETIME, now });
  // The same in all languages.
  const figures = asyncCache<Progress>({ lifetime: FIGURES_LIFETIME, now });
  const boards = asyncCache<Board>({ lifetime: BOARDS_LIFETIME, now });

  async function count({ images, tally }: Sources): Promise<Progress> {
    const [all, counted] = await Promise.all([names.load("all", () => images.all()), tally.read()]);
    const estimated = await estimate.of(counted);
    const today = new Date(now());
    return runInSlices(progressSteps({ images: all, tally: counted, estimate: estimated, today }));
  }

  return (texts, sources) =>
    // The name of the command is another in each language.
    boards.load(texts.progress.command.name, async () => {
      // While the store is waited for.
      const pencil = load();
      pencil.catch(() => {});
      const progress = await figures.load("all", () => count(sources));
      return { progress, picture: await pictureOf(progress, { texts, pencil, log: sources.log }) };
    });
}

interface Pencil {
  draw(chart: Chart): Promise<Buffer>;
}

function loadPencil(): Promise<Pencil> {
  return import("./chart/draw.ts");
}

interface Drawing {
  texts: Texts;
  pencil: Promise<Pencil>;
  log: Log;
}

async function pictureOf(
  progress: Progress,
  { texts: { progress: t }, pencil, log }: Drawing,
): Promise<Board["picture"]> {
  if (progress.images === 0 || progress.answers === 0) return undefined;
  const chart = chartOf(progress, t.chart);
  try {
    const drawn = await (await pencil).draw(chart);
    return { png: drawn, alt: altOf(chart, t.alt) };
  } catch (error) {
    log.error({ err: error }, "the picture of the progress cannot be drawn; it is told in words alone");
    return undefined;
  }
}
