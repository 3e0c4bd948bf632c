import { computeProgressSliced, type Progress } from "../../labeling/progress.ts";
import { runInSlices } from "../../platform/run-in-slices.ts";
import type { Log } from "../../platform/log.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelTally } from "../../project/label-tally.ts";
import type { Texts } from "../../texts/texts.ts";
import type { LabelEstimate } from "../label-estimate.ts";
import { asyncCache } from "../../platform/async-cache.ts";
import { chartAltText, progressChart, type Chart } from "./chart.ts";

/** Listing a large set takes most of the time, so the list is kept longest. */
const NAMES_LIFETIME = { times: 20, max: 30_000 };
const REPORT_LIFETIME = { times: 4, max: 10_000 };

export interface ReportContent {
  progress: Progress;
  /** Undefined when there is nothing to show, and when the picture cannot be drawn. */
  picture: { png: Buffer; alt: string } | undefined;
}

/** Gives figures and picture, which all who ask in one language at about the same time share. */
export type ProgressReport = (texts: Texts, sources: Sources) => Promise<ReportContent>;

interface Sources {
  images: ImageSet;
  tally: LabelTally;
  log: Log;
}

interface ChartRenderer {
  renderChart(chart: Chart): Promise<Buffer>;
}

interface Options {
  estimate: LabelEstimate;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Loads the renderer when it is first needed, so that a worker starts without waiting for it. */
  load?: () => Promise<ChartRenderer>;
}

const loadRenderer = (): Promise<ChartRenderer> => import("./chart-renderer.ts");

export function progressReport({ estimate, now, load = loadRenderer }: Options): ProgressReport {
  const names = asyncCache<string[]>({ lifetime: NAMES_LIFETIME, now });
  // Shared by all languages.
  const figures = asyncCache<Progress>({ lifetime: REPORT_LIFETIME, now });
  const contents = asyncCache<ReportContent>({ lifetime: REPORT_LIFETIME, now });

  async function count({ images, tally }: Sources): Promise<Progress> {
    const [all, counted] = await Promise.all([names.load("all", () => images.all()), tally.read()]);
    const estimated = await estimate.of(counted);
    return runInSlices(
      computeProgressSliced({ images: all, tally: counted, estimate: estimated, today: new Date(now()) }),
    );
  }

  return ({ progress: t }, sources) =>
    // The command's name differs between languages.
    contents.load(t.command.name, async () => {
      // Loaded while the store is read.
      const renderer = load();
      renderer.catch(() => {});
      const progress = await figures.load("all", () => count(sources));
      if (progress.images === 0 || progress.answers === 0) return { progress, picture: undefined };
      const chart = progressChart(progress, t.chart);
      try {
        const png = await (await renderer).renderChart(chart);
        return { progress, picture: { png, alt: chartAltText(chart, t.alt) } };
      } catch (error) {
        sources.log.error({ err: error }, "the progress chart cannot be drawn; the report has text only");
        return { progress, picture: undefined };
      }
    });
}
