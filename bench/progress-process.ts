/** A worker's part in `/progress`, in a process of its own, as the first time in a process is another. */
import { createLog } from "../src/platform/log.ts";
import { erasure } from "../src/project/erasure.ts";
import { imageSet } from "../src/project/image-set.ts";
import { labelFile } from "../src/project/label-file.ts";
import { hotdogKeys, pseudonymizer } from "../src/project/pseudonyms.ts";
import { labelTally } from "../src/project/label-tally.ts";
import { s3Store } from "../src/object-store/s3/s3-store.ts";
import type { AnswerMessage } from "../src/worker/answers.ts";
import { answerProgress } from "../src/worker/jobs/progress.ts";
import { savePress } from "../src/worker/jobs/press.ts";
import { labelEstimate } from "../src/worker/label-estimate.ts";
import { progressReport } from "../src/worker/progress/progress-report.ts";
import { answerParent } from "./child.ts";
import { imageNumber } from "./content.ts";
import { pressJobs } from "./press-jobs.ts";

const bucket = process.argv[2] ?? "";
const store = await s3Store({ bucket, prefix: "" }, { forcePathStyle: true });
const log = createLog({ level: "error" });
const appending = { log, now: Date.now, random: Math.random };
let given: AnswerMessage | undefined;
/** Milliseconds; goes on by itself, and by what is asked for. */
let ahead = 0;

const context = {
  attempt: 1,
  answer: {
    give: async (message: AnswerMessage) => {
      given = message;
      return new Date();
    },
    isGiven: async () => false,
    fail: async () => {},
  },
  images: imageSet(store),
  tally: labelTally(store, log),
  labels: labelFile(store, appending),
  erasure: erasure(store, appending),
  pseudonymsOf: pseudonymizer(hotdogKeys("a secret of the bench")),
  showProgress: progressReport({
    estimate: labelEstimate(),
    now: () => performance.timeOrigin + performance.now() + ahead,
  }),
  log,
};

async function timed(): Promise<number> {
  for (const { interaction } of pressJobs(1)) {
    const started = performance.now();
    await answerProgress({ kind: "progress", interaction }, context);
    const time = performance.now() - started;
    if (given?.files?.length !== 1) throw new Error("the answer has no picture");
    return time;
  }
  throw new Error("no job");
}

answerParent(process, async () => {
  const first = await timed();
  for (const job of pressJobs(1, imageNumber(0))) await savePress(job, context);
  // What was found is old by then, the list of images not yet; and then that, too.
  ahead += 4.5 * first;
  const again = await timed();
  ahead += 60_000;
  const later = await timed();
  return { first, again, later };
});
