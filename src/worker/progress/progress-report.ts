import { countsWithout } from "../../labeling/answer-counts.ts";
import { computeProgressSliced, type Progress } from "../../labeling/progress.ts";
import type { Question } from "../../labeling/question.ts";
import { asyncCache } from "../../platform/async-cache.ts";
import { runInSlices } from "../../platform/run-in-slices.ts";
import { seeded } from "../../platform/seeded.ts";
import type { Log } from "../../platform/log.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelTally } from "../../project/label-tally.ts";
import type { TrustReader } from "../../project/trust-reader.ts";
import type { Texts } from "../../texts/texts.ts";
import type { LabelEstimator } from "../label-estimate.ts";
import { chartAltText, progressChart, type Chart } from "./chart.ts";

/** The list of images is cached longest, because listing a large set takes most of the time. */
const NAMES_LIFETIME = { times: 20, max: 30_000 };
const REPORT_LIFETIME = { times: 4, max: 10_000 };

export interface ProgressReport {
  progress: Progress;
  /** Undefined if there is nothing to show, or if the chart cannot be drawn. */
  picture: { png: Buffer; alt: string } | undefined;
}

/** Makes the report in one language. Calls at about the same time share it. */
export type ProgressReporter = (texts: Texts, sources: Sources) => Promise<ProgressReport>;

interface Sources {
  question: Pick<Question, "labels" | "settleAt">;
  images: ImageSet;
  tally: LabelTally;
  trust: Pick<TrustReader, "read">;
  log: Log;
}

interface Options {
  estimate: LabelEstimator;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Loads the renderer when it is first needed, so that a worker starts without waiting for it. */
  load?: () => Promise<{ renderChart(chart: Chart): Promise<Buffer> }>;
}

export function progressReporter({
  estimate,
  now,
  load = () => import("./chart-renderer.ts"),
}: Options): ProgressReporter {
  const names = asyncCache<string[]>({ lifetime: NAMES_LIFETIME, now });
  /** Shared by all languages. */
  const figures = asyncCache<Progress>({ lifetime: REPORT_LIFETIME, now });
  const reports = asyncCache<ProgressReport>({ lifetime: REPORT_LIFETIME, now });

  async function count({ question, images, tally: source, trust }: Sources): Promise<Progress> {
    const [all, current, known] = await Promise.all([
      names.load("all", () => images.all()),
      source.read(),
      trust.read(),
    ]);
    const today = new Date(now());
    const votes = await estimate.counted(current.votes, known);
    const tally = { votes, ...countsWithout(current, source.countsOf(known.excluded)) };
    const fit = await estimate.estimate(votes);
    return runInSlices(
      // Each time the same numbers, so that the range changes only with the answers.
      computeProgressSliced({ images: all, tally, fit, question, today, random: seeded(1) }),
    );
  }

  return ({ progress: t }, sources) =>
    // The command's name differs between languages.
    reports.load(t.command.name, async () => {
      // The renderer is loaded while the store is read.
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
