import type { HotdogUploaders } from "../labeling/project-settings.ts";
import type { ImageOrder } from "../labeling/priority.ts";
import type { Log } from "../platform/log.ts";
import type { Consumer, JobQueue } from "../queue/queue.ts";
import type { ReplySender } from "../queue/reply.ts";
import { imageChecker, type CheckImage } from "../images/check-image.ts";
import type { Project } from "../project/project.ts";
import type { Projects } from "../project/projects.ts";
import type { CreateText } from "../stats/transaction-log.ts";
import { keyedMutex } from "../platform/keyed-mutex.ts";
import type { Answers } from "./answers.ts";
import { attachmentFetcher } from "./fetch-attachment.ts";
import { labelEstimator } from "./label-estimate.ts";
import { labelPriority } from "./label-priority.ts";
import { labelersReporter } from "./labelers-report.ts";
import { ownReporter } from "./own-report.ts";
import { pictureMakers, type PictureObserver } from "./picture.ts";
import type { ProjectEstimates, WorkerProjects } from "./project-in-use.ts";
import { sessionImages } from "./labeling-alone/session-images.ts";
import { progressReporter } from "./progress/progress-report.ts";
import { startRemembering } from "./remember-images.ts";
import { startSweeps } from "./sweep-pending.ts";
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
  /** Returns the address of the folder of a project's images for other programs, if it has one. By default, none has. */
  imagesAt?: (prefix: string) => string | undefined;
  /** How rounds choose images if the person does not say. */
  defaultOrder: ImageOrder;
  /** Who may add images of hot dogs. */
  hotdogUploads: HotdogUploaders;
  /** Jobs to run at a time. */
  concurrency: number;
  checkImage?: CheckImage | undefined;
  /** Milliseconds since 1970; the system's clock by default. */
  now?: (() => number) | undefined;
  observe?: (JobObserver & PictureObserver) | undefined;
  log: Log;
}

/** Runs jobs from the queue until the returned consumer is stopped. */
export function startWorker(options: WorkerOptions): Consumer {
  const { queue, concurrency, cdnOrigins, projects, ...rest } = options;
  const { imagesAt = () => undefined, checkImage = imageChecker(), now = Date.now } = options;
  const { log } = rest;
  const { makePictures, makePreview } = pictureMakers({ log, observe: options.observe });
  const registry = projects.register((project) => projectEstimates(project, { now, log }));
  const context = {
    ...rest,
    projects: registry,
    projectIndex: projects.index,
    personalData: projects.personalData,
    ownImages: projects.ownImages,
    imagesAt,
    cdnOrigins,
    jobs: queue,
    fetchAttachment: attachmentFetcher(cdnOrigins),
    checkImage,
    uploadAccounts: uploadAccounts({ now, random: Math.random }),
    lockImage: keyedMutex(),
    now,
    inSlot: concurrencyGate({ concurrency, random: Math.random }),
    makePictures,
    makePreview,
    settling: { messages: options.answers.messages, makePictures, now, random: Math.random },
  };
  if (context.defaultOrder === "needed") readHotdogLabels(registry);
  const consumer = queue.consume(jobRunner(context), { concurrency });
  const sweeps = startSweeps(context);
  const remembering = startRemembering(context);
  log.info({ concurrency }, "the worker takes jobs");
  return {
    ...consumer,
    async stop(deadline) {
      await Promise.all([
        sweeps[Symbol.asyncDispose](),
        remembering[Symbol.asyncDispose](),
        consumer.stop(deadline),
      ]);
    },
  };
}

/** Creates what a worker computes from a project's labels. */
export function projectEstimates(
  { question, images, tally, trust }: Project,
  { now, log }: { now: () => number; log: Log },
): ProjectEstimates {
  const estimate = labelEstimator(question);
  return {
    labelPriority: labelPriority({ question, tally, trust, estimate, now: () => performance.now(), log }),
    reportProgress: progressReporter({ estimate, now }),
    reportOwn: ownReporter({ question, tally, trust, estimate }),
    reportLabelers: labelersReporter({ question, tally, trust, now }),
    sessions: sessionImages(images),
    lockPerson: keyedMutex(),
  };
}

/** Starts the first read, which may take seconds, before anybody waits for a round. */
function readHotdogLabels(projects: WorkerProjects): void {
  using hotdogs = projects.open(null);
  const nobody = "";
  void hotdogs.attached.labelPriority.statusesFor(nobody);
}
