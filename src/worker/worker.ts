import type { ImageOrder } from "../labeling/priority.ts";
import type { Log } from "../platform/log.ts";
import type { Consumer, JobQueue } from "../queue/queue.ts";
import type { ReplySender } from "../queue/reply.ts";
import { imageChecker, type CheckImage } from "../images/check-image.ts";
import type { Projects } from "../project/projects.ts";
import type { CreateText } from "../stats/transaction-log.ts";
import { keyedMutex } from "../platform/keyed-mutex.ts";
import type { Answers } from "./answers.ts";
import { attachmentFetcher } from "./fetch-attachment.ts";
import { labelEstimator } from "./label-estimate.ts";
import { labelPriority } from "./label-priority.ts";
import { pictureMaker } from "./picture.ts";
import { progressReporter } from "./progress/progress-report.ts";
import { jobRunner, type JobObserver } from "./run-job.ts";
import { uploadAccounts } from "./upload-accounts.ts";
import { concurrencyGate } from "./concurrency-gate.ts";

interface WorkerOptions {
  queue: JobQueue;
  projects: Projects;
  /** Creates the logs of `/stats`. */
  createText: CreateText;
  answers: Answers;
  /** Unset if there are no clients without Discord. */
  replies?: ReplySender | undefined;
  /** Origins that attachments may be downloaded from. */
  cdnOrigins: readonly string[];
  /** The public address of the folder of the images, if it has one. */
  imagesAt?: string | undefined;
  /** How rounds choose images if the person does not say. */
  defaultOrder: ImageOrder;
  /** Jobs to run at a time. */
  concurrency: number;
  checkImage?: CheckImage | undefined;
  observe?: JobObserver | undefined;
  log: Log;
}

/** Runs jobs from the queue until the returned consumer is stopped. */
export function startWorker(options: WorkerOptions): Consumer {
  const {
    queue,
    concurrency,
    cdnOrigins,
    imagesAt,
    projects,
    checkImage = imageChecker(),
    ...rest
  } = options;
  const { log } = rest;
  const { project } = projects.register(() => undefined).open(null);
  const estimate = labelEstimator(project.question);
  const context = {
    ...rest,
    ...project,
    personalData: projects.personalData,
    imagesAt,
    cdnOrigins,
    jobs: queue,
    reportProgress: progressReporter({ estimate, now: Date.now }),
    fetchAttachment: attachmentFetcher(cdnOrigins),
    checkImage,
    uploadAccounts: uploadAccounts({ now: Date.now, random: Math.random }),
    lockImage: keyedMutex(),
    inSlot: concurrencyGate({ concurrency, random: Math.random }),
    makePictures: pictureMaker(log),
  };
  const priority = labelPriority({ ...context, estimate, now: () => performance.now() });
  // The first read may take seconds: start it, for nobody in particular, before anybody waits for a round.
  if (context.defaultOrder === "needed") void priority.statusesFor("");
  const consumer = queue.consume(jobRunner({ ...context, labelPriority: priority }), { concurrency });
  log.info({ concurrency }, "the worker takes jobs");
  return consumer;
}
