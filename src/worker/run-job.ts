import type { Log } from "../log.ts";
import { jobId, type HotdogJob, type Job, type PressJob, type StatsJob } from "../queue/job.ts";
import type { Delivery, JobHandler, JobSender } from "../queue/queue.ts";
import type { ImageSet } from "../store/image-set.ts";
import type { LabelFile } from "../store/label-file.ts";
import type { ObjectStore } from "../store/object-store.ts";
import { writeTransactionLog } from "../store/transaction-log.ts";
import { textsFor } from "../texts/texts.ts";
import type { Answers } from "./answers.ts";
import type { PictureMaker } from "./picture.ts";
import { postRound } from "./jobs/hotdog.ts";
import { keepPress } from "./jobs/press.ts";
import { answerStats } from "./jobs/stats.ts";
import { keepTransaction } from "./jobs/transaction-log.ts";

export interface JobContext {
  answers: Answers;
  store: ObjectStore;
  images: ImageSet;
  labels: LabelFile;
  makePicture: PictureMaker;
  /** Key of the pseudonyms. */
  labelerSecret: string;
  jobs: JobSender;
  log: Log;
}

/** Runs one delivery of a job. What throws is logged and thrown on, so that the queue delivers the job again. */
export function jobRunner(context: JobContext): JobHandler {
  return async (job, delivery) => {
    const log = context.log.child({ interaction: jobId(job), kind: job.kind, attempt: delivery.attempt });
    try {
      await run(job, delivery, { ...context, log });
      log.info("done");
    } catch (error) {
      log.error(
        { err: error },
        delivery.last ? "failed for the last time" : "failed; it will be tried again",
      );
      throw error;
    }
  };
}

async function run(job: Job, delivery: Delivery, context: JobContext): Promise<void> {
  switch (job.kind) {
    case "stats": {
      const transaction = await toldOfFailure(job, delivery, context, () =>
        answerStats(job, delivery, context),
      );
      return keepTransaction(transaction, context);
    }
    case "hotdog":
      return toldOfFailure(job, delivery, context, () => postRound(job, delivery, context));
    case "press":
      return toldOfFailure(job, delivery, context, () => keepPress(job, delivery, context));
    case "transaction-log":
      return writeTransactionLog(context.store, job.transaction);
  }
}

/** Does what ends in an answer; when its last attempt fails, the person is told so instead. */
async function toldOfFailure<T>(
  { kind, interaction }: StatsJob | HotdogJob | PressJob,
  { last }: Delivery,
  { answers, log }: JobContext,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (last) {
      const content = textsFor(interaction.locale).failed(interaction.id);
      await answers
        .give(interaction, { content }, { again: true, late: kind === "stats" ? "post" : "drop" })
        .catch((failure: unknown) =>
          log.error({ err: failure }, "the person could not be told of the failure"),
        );
    }
    throw error;
  }
}
