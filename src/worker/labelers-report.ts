import { answersUntilSliced } from "../labeling/answers-until.ts";
import { labelerFiguresSliced, type LabelerFigures } from "../labeling/labeler-figures.ts";
import type { Question } from "../labeling/question.ts";
import { asyncCache } from "../platform/async-cache.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import { firstSnowflakeAt } from "../platform/snowflake.ts";
import type { Tally } from "../project/label-tally.ts";
import type { Project } from "../project/project.ts";

/** People with fewer answers are not shown. */
export const MIN_ANSWERS = 20;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** The figures of a day change only with exclusions, and when a job of that day is done late. */
const LIFETIME = { times: 20, max: 60_000 };

/** What moderators see of the people who label in a project. */
export interface LabelersReport {
  /** The last full day (UTC), up to whose end everything is counted. */
  day: Date;
  /** Who counts, and then who is excluded; the least reliable first, as far as that is certain. */
  people: readonly LabelerFigures[];
}

/**
 * Describes everybody with 20 answers or more by the end of the last full day (UTC), so that nobody who has watched a press can find
 * it in the figures. Only exclusions are those of now. Counts gold answers as they were at that time, too.
 */
export type LabelersReporter = () => Promise<LabelersReport>;

interface Options extends Pick<Project, "tally" | "trust"> {
  question: Pick<Question, "labels" | "settleAt">;
  /** Milliseconds since 1970. */
  now: () => number;
}

export function labelersReporter({ question, tally, trust, now }: Options): LabelersReporter {
  const reports = asyncCache<LabelerFigures[]>({ lifetime: LIFETIME });

  /** @param midnight milliseconds since 1970 */
  async function compute(
    { votes }: Tally,
    excluded: ReadonlySet<string>,
    midnight: number,
  ): Promise<LabelerFigures[]> {
    const until = BigInt(firstSnowflakeAt(midnight));
    const gold = await trust.goldUntil(until);
    const answers = await runInSlices(answersUntilSliced(votes, until));
    const options = { question, minAnswers: MIN_ANSWERS };
    const figures = await runInSlices(labelerFiguresSliced(answers, { gold, excluded }, options));
    return figures.toSorted(
      (a, b) => Number(a.excluded) - Number(b.excluded) || highestReliability(a) - highestReliability(b),
    );
  }

  return async () => {
    const [current, { excluded }] = await Promise.all([tally.read(), trust.read()]);
    const midnight = Math.floor(now() / DAY_MS) * DAY_MS;
    const key = [midnight, ...[...excluded].toSorted()].join();
    const figures = await reports.load(key, () => compute(current, excluded, midnight));
    // Whoever was erased a moment ago is no longer shown.
    const present = new Set(current.votes.people);
    return {
      day: new Date(midnight - DAY_MS),
      people: figures.filter(({ labeler }) => present.has(labeler)),
    };
  };
}

/** The upper end of what a person's reliability may be. */
function highestReliability({ reliability }: LabelerFigures): number {
  return reliability?.high ?? 1;
}
