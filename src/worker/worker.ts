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
import { pictureMaker, type PictureObserver } from "./picture.ts";
import type { ProjectEstimates, WorkerProjects } from "./project-in-use.ts";
import { sessionImages } from "./labeling-alone/session-images.ts";
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
  /** Returns the address of the folder of a project's images for other programs, if it has one. By default, none has. */
  imagesAt?: (prefix: string) => string | undefined;
  /** How rounds choose images if the person does not say. */
  defaultOrder: ImageOrder;
  /** Jobs to run at a time. */
  concurrency: number;
  checkImage?: CheckImage | undefined;
  observe?: (JobObserver & PictureObserver) | undefined;
  log: Log;
}

/** Runs jobs from the queue until the returned consumer is stopped. */
export function startWorker(options: WorkerOptions): Consumer {
  const { queue, concurrency, cdnOrigins, projects, ...rest } = options;
  const { imagesAt = () => undefined, checkImage = imageChecker() } = options;
  const { log } = rest;
  const registry = projects.register((project) => projectEstimates(project, log));
  const context = {
    ...rest,
    projects: registry,
    projectIndex: projects.index,
    personalData: projects.personalData,
    imagesAt,
    cdnOrigins,
    jobs: queue,
    fetchAttachment: attachmentFetcher(cdnOrigins),
    checkImage,
    uploadAccounts: uploadAccounts({ now: Date.now, random: Math.random }),
    lockImage: keyedMutex(),
    inSlot: concurrencyGate({ concurrency, random: Math.random }),
    makePictures: pictureMaker({ log, observe: options.observe }),
  };
  if (context.defaultOrder === "needed") readHotdogLabels(registry);
  const consumer = queue.consume(jobRunner(context), { concurrency });
  log.info({ concurrency }, "the worker takes jobs");
  return consumer;
}

/** Creates what a worker computes from a project's labels. */
export function projectEstimates({ question, images, tally, trust }: Project, log: Log): ProjectEstimates {
  const estimate = labelEstimator(question);
  return {
    labelPriority: labelPriority({ question, tally, trust, estimate, now: () => performance.now(), log }),
    reportProgress: progressReporter({ estimate, now: Date.now }),
    reportOwn: ownReporter({ question, tally, trust, estimate }),
    reportLabelers: labelersReporter({ question, tally, trust, now: Date.now }),
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
