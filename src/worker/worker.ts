import type { Choice } from "../labeling/choice.ts";
import type { Log } from "../platform/log.ts";
import type { Consumer, JobQueue } from "../queue/queue.ts";
import type { ReplySender } from "../queue/reply.ts";
import { imageChecker, type CheckImage } from "../images/check-image.ts";
import type { Project } from "../project/project.ts";
import type { CreateText } from "../stats/transaction-log.ts";
import { keyedMutex } from "../platform/keyed-mutex.ts";
import type { Answers } from "./answers.ts";
import { attachmentFetcher } from "./fetch-attachment.ts";
import { labelEstimate } from "./label-estimate.ts";
import { labelPriority } from "./label-priority.ts";
import { pictureMaker } from "./picture.ts";
import { progressReport } from "./progress/progress-report.ts";
import { jobRunner, type JobObserver } from "./run-job.ts";
import { uploadAccounts } from "./upload-accounts.ts";
import { concurrencyGate } from "./concurrency-gate.ts";

/** People whose data is gathered or removed at a time, at up to 50 MiB each. */
const OWN_DATA_AT_A_TIME = 2;
/** For the memory that one takes. */
const EXPORTS_AT_A_TIME = 1;

interface WorkerOptions {
  queue: JobQueue;
  project: Project;
  /** Creates the logs of `/stats`. */
  createText: CreateText;
  answers: Answers;
  /** Where there are clients without Discord. */
  replies?: ReplySender | undefined;
  /** Where attachments may be fetched from. */
  cdnOrigins: readonly string[];
  /** The address of the folder of the images, where others can be told one. */
  imagesAt?: string | undefined;
  /** Of rounds for which the asker has not said. */
  choose: Choice;
  /** Jobs at a time. */
  concurrency: number;
  checkImage?: CheckImage | undefined;
  observe?: JobObserver | undefined;
  log: Log;
}

/** Takes jobs from the queue until its consumer is stopped. */
export function startWorker(options: WorkerOptions): Consumer {
  const {
    queue,
    concurrency,
    cdnOrigins,
    imagesAt,
    project,
    checkImage = imageChecker(),
    ...parts
  } = options;
  const { log } = parts;
  const estimate = labelEstimate();
  const context = {
    ...parts,
    ...project,
    imagesAt,
    cdnOrigins,
    jobs: queue,
    showProgress: progressReport({ estimate, now: Date.now }),
    fetchAttachment: attachmentFetcher(cdnOrigins),
    checkImage,
    uploadAccounts: uploadAccounts({ now: Date.now, random: Math.random }),
    lockImage: keyedMutex(),
    concurrencyGate: concurrencyGate({ concurrency, random: Math.random }),
    ownDataGate: concurrencyGate({ concurrency, random: Math.random, most: OWN_DATA_AT_A_TIME }),
    exportGate: concurrencyGate({ concurrency, random: Math.random, most: EXPORTS_AT_A_TIME }),
    makePicture: pictureMaker(log),
  };
  const needs = labelPriority({ ...context, estimate, now: () => performance.now() });
  // The first reading may take seconds: better now than while somebody waits for a round.
  if (context.choose === "needed") void needs.of("");
  const runJob = jobRunner({ ...context, needs });
  const consumer = queue.consume(runJob, { concurrency });
  log.info({ concurrency }, "the worker takes jobs");
  return consumer;
}
