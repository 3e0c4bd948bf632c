import { goldAnswersBy, goldRecordOf, type GoldRecord } from "../labeling/gold-answers.ts";
import type { Fit } from "../labeling/method.ts";
import { settledAgreementSliced, type SettledAgreement } from "../labeling/settled-agreement.ts";
import type { Question } from "../labeling/question.ts";
import { asyncCache } from "../platform/async-cache.ts";
import { runInSlices } from "../platform/run-in-slices.ts";
import type { Project } from "../project/project.ts";
import type { LabelEstimator } from "./label-estimate.ts";

/** Estimating people's skills takes at most a tenth of the time. */
const FIT_LIFETIME = { times: 9, max: 10_000 };

/** How well one person labels in a project. */
export interface OwnReport {
  /** Number of images the person has answered. */
  images: number;
  /** Undefined if the project has no gold images. */
  gold: GoldRecord | undefined;
  settled: SettledAgreement;
}

/** Describes the answers of one person, also of one who is excluded. @param labeler pseudonym */
export type OwnReporter = (labeler: string) => Promise<OwnReport>;

interface Options extends Pick<Project, "tally" | "trust"> {
  question: Pick<Question, "labels" | "settleAt">;
  estimate: LabelEstimator;
}

export function ownReporter({ question, tally, trust, estimate }: Options): OwnReporter {
  const fits = asyncCache<Fit>({ lifetime: FIT_LIFETIME });

  return async (labeler) => {
    const [current, known] = await Promise.all([tally.read(), trust.read()]);
    const { votes } = current;
    const counted = await estimate.counted(votes, known);
    const { scorer } = await fits.load("all", () => estimate.estimate(counted));
    const settled = await runInSlices(
      settledAgreementSliced(labeler, { answers: votes, counted, score: scorer(counted), question }),
    );
    const record = goldRecordOf(goldAnswersBy(votes, labeler, known.gold), question.labels.length);
    return {
      images: votes.byPerson[votes.people.indexOf(labeler)]?.length ?? 0,
      gold: known.gold.size === 0 && record.voted === 0 ? undefined : record,
      settled,
    };
  };
}
