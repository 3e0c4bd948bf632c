/** A worker's part in `/progress`, in a separate process, because the first call in a process takes longer. */
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { createLog } from "../../src/platform/log.ts";
import { erasure } from "../../src/project/erasure.ts";
import { hotdogKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { labelFile } from "../../src/project/label-file.ts";
import { trustReader } from "../../src/project/trust-reader.ts";
import { labelTally } from "../../src/project/label-tally.ts";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import type { AnswerMessage } from "../../src/worker/answers.ts";
import { answerProgress } from "../../src/worker/jobs/progress.ts";
import { savePress } from "../../src/worker/jobs/press.ts";
import { labelEstimator } from "../../src/worker/label-estimate.ts";
import { progressReporter } from "../../src/worker/progress/progress-report.ts";
import { answerParent } from "../harness/child.ts";
import { imageNameOf } from "../samples/stored-content.ts";
import { makePressJobs } from "../samples/press-jobs.ts";

const bucket = process.argv[2] ?? "";
const store = await s3Store({ bucket, prefix: "" }, { forcePathStyle: true });
const log = createLog({ level: "error" });
const appending = { log, now: Date.now, random: Math.random };
let lastAnswer: AnswerMessage | undefined;
/** Milliseconds by which the clock of the caches is ahead of real time. */
let clockOffset = 0;

const answer = {
  give: async (message: AnswerMessage) => {
    lastAnswer = message;
    return new Date();
  },
};
const hotdogs = {
  id: null,
  question: HOTDOG_QUESTION,
  images: imageSet(store),
  tally: labelTally(store, HOTDOG_QUESTION, { log, now: Date.now }),
  trust: trustReader(store, HOTDOG_QUESTION, { log }),
  labels: labelFile(store, appending),
  erasure: erasure(store, appending),
  pseudonymsOf: pseudonymizer(hotdogKeys("the secret of the benchmarks")),
  reportProgress: progressReporter({
    estimate: labelEstimator(HOTDOG_QUESTION),
    now: () => performance.timeOrigin + performance.now() + clockOffset,
  }),
};

async function timeProgress(): Promise<number> {
  for (const { interaction } of makePressJobs(1)) {
    const started = performance.now();
    await answerProgress({ kind: "progress", interaction }, hotdogs, { answer, log });
    const time = performance.now() - started;
    if (lastAnswer?.files?.length !== 1) throw new Error("the answer has no chart");
    return time;
  }
  throw new Error("no job");
}

answerParent(process, async () => {
  const first = await timeProgress();
  for (const job of makePressJobs(1, imageNameOf(0))) await savePress(job, hotdogs, { answer });
  // The cached votes expire, the cached image list does not.
  clockOffset += 4.5 * first;
  const again = await timeProgress();
  // Both expire.
  clockOffset += 60_000;
  const relisted = await timeProgress();
  return { first, again, relisted };
});
