import type { Recipient } from "../jobs/declaration.ts";
import { declarationOf, jobId, logLevelOf, type Job, type JobKind } from "../jobs/job.ts";
import type { ImageOrder } from "../labeling/priority.ts";
import type { Log } from "../platform/log.ts";
import type { PersonalData } from "../project/personal-data.ts";
import type { Project } from "../project/project.ts";
import { RetryLaterError, RefusedJobError, type Delivery } from "../queue/queue.ts";
import type { JobHandler, JobSender } from "../queue/queue.ts";
import type { ReplySender } from "../queue/reply.ts";
import type { CreateText } from "../stats/transaction-log.ts";
import { textsFor } from "../texts/texts.ts";
import type { UploadContext } from "./add-uploads.ts";
import type { AnswerMessage, Answers } from "./answers.ts";
import type { ConcurrencyGate } from "./concurrency-gate.ts";
import { answerExport } from "./jobs/export.ts";
import { postRound } from "./jobs/hotdog.ts";
import { erasePerson, sendOwnData } from "./jobs/my-data.ts";
import { savePress } from "./jobs/press.ts";
import { answerProgress } from "./jobs/progress.ts";
import { refuseProjectJob } from "./jobs/project.ts";
import { offerRemoval, removeImage } from "./jobs/remove.ts";
import { postChannelRound } from "./jobs/round.ts";
import { answerClientStats, answerStats } from "./jobs/stats.ts";
import { writeLog } from "./jobs/transaction-log.ts";
import { answerMessageUpload, answerUpload } from "./jobs/upload.ts";
import type { LabelPriority } from "./label-priority.ts";
import type { PictureMaker } from "./picture.ts";
import type { ProgressReporter } from "./progress/progress-report.ts";

type HandlerOf<Kind extends JobKind> = {
  // A method, because TypeScript then accepts any job for `HANDLERS[job.kind]`.
  handle(job: Extract<Job, { kind: Kind }>, context: JobContext): Promise<void>;
}["handle"];

/** The handler of each kind of job, in the order of the declarations. */
const HANDLERS: { [Kind in JobKind]: HandlerOf<Kind> } = {
  stats: answerStats,
  "client-stats": answerClientStats,
  hotdog: postRound,
  round: postChannelRound,
  press: savePress,
  upload: answerUpload,
  "message-upload": answerMessageUpload,
  "offer-removal": offerRemoval,
  remove: removeImage,
  progress: answerProgress,
  export: answerExport,
  "create-project": refuseProjectJob,
  "project-info": refuseProjectJob,
  "project-settings": refuseProjectJob,
  "edit-project": refuseProjectJob,
  "offer-closing": refuseProjectJob,
  "close-project": refuseProjectJob,
  "my-data": sendOwnData,
  forget: erasePerson,
  "transaction-log": writeLog,
};

/** How a delivery ended. */
export type JobOutcome = "done" | "postponed" | "retried" | "dead";

export interface JobObserver {
  /** Called when a delivery begins. Returns a function to call when it ends. */
  jobTaken(job: Job, delivery: Delivery): (outcome: JobOutcome) => void;
}

/** What a worker gives to all of its handlers. */
export interface WorkerContext extends UploadContext, Project {
  answers: Answers;
  /** Creates the logs of `/stats`. */
  createText: CreateText;
  labelPriority: LabelPriority;
  personalData: PersonalData;
  /** How rounds choose images if the person does not say. */
  defaultOrder: ImageOrder;
  reportProgress: ProgressReporter;
  /** The public address of the folder of images, if it has one. */
  imagesAt: string | undefined;
  makePictures: PictureMaker;
  inSlot: ConcurrencyGate;
  jobs: JobSender;
  /** Unset if there are no clients without Discord. */
  replies?: ReplySender | undefined;
  observe?: JobObserver | undefined;
  log: Log;
}

/** Where the answer to a job goes. Handlers need not know whether a command, a message, a button or a client asked. */
export interface AnswerTarget {
  /**
   * Gives the answer, unless an earlier delivery has given one.
   * @returns when the answer was given
   */
  give(message: AnswerMessage): Promise<Date>;
  /** Whether an earlier delivery has given the answer, as far as can be seen. */
  isGiven(): Promise<boolean>;
  /** Tells the person that the job has failed for good, unless this delivery has given the answer. */
  fail(): Promise<void>;
}

/** What a handler gets besides its job. */
export interface JobContext extends WorkerContext, Delivery {
  answer: AnswerTarget;
}

/** Runs deliveries of jobs. Errors are logged and rethrown, so that the queue delivers the job again. */
export function jobRunner(worker: WorkerContext): JobHandler {
  return async (job, delivery) => {
    const declaration = declarationOf(job);
    const log = worker.log.child({ interaction: jobId(job), kind: job.kind, attempt: delivery.attempt });
    log.debug("received");
    const ended = worker.observe?.jobTaken(job, delivery);
    const answer = answerTarget(declaration.recipient(job), worker, delivery.attempt > 1);
    try {
      await refuseForeignApplication(declaration.application(job), worker.answers);
      await worker.inSlot(declaration.slot, () => run(job, { ...worker, ...delivery, answer, log }));
      ended?.("done");
      log[logLevelOf(job)]("done");
    } catch (error) {
      if (error instanceof RetryLaterError) {
        ended?.("postponed");
        log.debug({ delay: error.delayMs }, "postponed");
        throw error;
      }
      const final = isFinal(error, delivery);
      ended?.(final ? "dead" : "retried");
      log.error({ err: error }, final ? describeEnd(error) : "failed; it will be retried");
      throw error;
    }
  };
}

/** Runs the handler. If the job has failed for good, tells the person. */
async function run(job: Job, context: JobContext): Promise<void> {
  const handle: HandlerOf<JobKind> = HANDLERS[job.kind];
  try {
    await handle(job, context);
  } catch (error) {
    if (isFinal(error, context)) {
      await context.answer.fail().catch((failure: unknown) => {
        context.log.error({ err: failure }, "the person could not be told that the job failed");
      });
    }
    throw error;
  }
}

/** Whether the queue does not deliver the job again after this error. */
function isFinal(error: unknown, { last }: Delivery): boolean {
  if (error instanceof RetryLaterError) return false;
  return last || error instanceof RefusedJobError;
}

function describeEnd(error: unknown): string {
  return error instanceof RefusedJobError
    ? "refused; it goes to the dead-letter queue"
    : "failed for the last time; it goes to the dead-letter queue";
}

/**
 * Refuses a job of another application. Otherwise anyone who can write to the queue could make the worker answer with their
 * tokens.
 * @throws RefusedJobError for such a job; Error while the worker's own application is unknown
 */
async function refuseForeignApplication(application: string | undefined, answers: Answers): Promise<void> {
  if (application === undefined) return;
  const own = await answers.applicationId();
  if (application !== own)
    throw new RefusedJobError(
      `the job is for application ${application}, but DISCORD_TOKEN belongs to ${own}`,
    );
}

/** @param again whether an earlier delivery may have given the answer */
function answerTarget(recipient: Recipient, worker: WorkerContext, again: boolean): AnswerTarget {
  const { give, isGiven, to } = routeTo(recipient, worker);
  let given = false;
  return {
    async give(message) {
      const answered = await give(message, again);
      given = true;
      return answered ?? new Date();
    },
    isGiven: async () => again && (await isGiven?.()) === true,
    async fail() {
      if (!given) await give(to === undefined ? {} : { content: textsFor(to.locale).failed(to.id) }, true);
    },
  };
}

/** How one kind of recipient is answered. */
interface AnswerRoute {
  give: (message: AnswerMessage, again: boolean) => Promise<Date | void>;
  isGiven?: () => Promise<boolean>;
  /** What a person asked with; unset if no person did. */
  to?: { id: string; locale: string };
}

function routeTo(recipient: Recipient, { answers, replies }: WorkerContext): AnswerRoute {
  switch (recipient.via) {
    case "interaction": {
      const { interaction: to, late } = recipient;
      return {
        to,
        give: (message, again) => answers.give(to, message, { again, late }),
        isGiven: () => answers.isGiven(to),
      };
    }
    case "reply": {
      const { message: to } = recipient;
      return {
        to,
        give: (message, again) => answers.editReply(to, message, { again }),
        isGiven: () => answers.isReplied(to),
      };
    }
    case "pressed message": {
      const { interaction: to } = recipient;
      return { to, give: ({ content = "" }) => answers.tellBeside(to, content) };
    }
    case "client":
      return {
        async give({ stats = null }) {
          if (replies === undefined)
            throw new Error("this worker has no reply queue: REPLY_QUEUE_URL is not set");
          await replies.send({ id: recipient.id, client: recipient.client, stats });
        },
      };
    case "nobody":
      return { give: async () => {} };
  }
}
