import type { Choice } from "../labeling/choice.ts";
import type { Log } from "../platform/log.ts";
import { jobId, usualLevel, type Job, type MessageUploadJob, type UploadJob } from "../jobs/job.ts";
import {
  RetryLaterError,
  RefusedJobError,
  type Delivery,
  type JobHandler,
  type JobSender,
} from "../queue/queue.ts";
import type { ReplySender } from "../queue/reply.ts";
import type { Project } from "../project/project.ts";
import { writeTransactionLog, type CreateText } from "../stats/transaction-log.ts";
import { textsFor } from "../texts/texts.ts";
import type { UploadContext } from "./add-uploads.ts";
import type { Answers } from "./answers.ts";
import { replyFailure, replyStats } from "./jobs/client-stats.ts";
import { answerExport } from "./jobs/export.ts";
import { forgetPerson } from "./jobs/forget.ts";
import { postRound } from "./jobs/hotdog.ts";
import { sendOwnData } from "./jobs/my-data.ts";
import { keepPress } from "./jobs/press.ts";
import { answerProgress } from "./jobs/progress.ts";
import { offerRemoval, removeImage } from "./jobs/remove.ts";
import { answerStats } from "./jobs/stats.ts";
import { keepTransaction } from "./jobs/transaction-log.ts";
import { answerUpload } from "./jobs/upload.ts";
import type { Needs } from "./label-priority.ts";
import type { PictureMaker } from "./picture.ts";
import type { ProgressReport } from "./progress/progress-report.ts";
import { refuseForeignApplication } from "./refuse-foreign.ts";
import type { ConcurrencyGate } from "./concurrency-gate.ts";

/** Of one delivery. */
export type JobOutcome = "done" | "postponed" | "retried" | "dead";

/** Told when a delivery begins; what it returns is told what became of it. */
export interface JobObserver {
  jobTaken(job: Job, delivery: Delivery): (outcome: JobOutcome) => void;
}

export interface JobContext extends UploadContext, Project {
  answers: Answers;
  createText: CreateText;
  needs: Needs;
  choose: Choice;
  showProgress: ProgressReport;
  /** The address of the folder of the images, where others can be told one. */
  imagesAt: string | undefined;
  makePicture: PictureMaker;
  concurrencyGate: ConcurrencyGate;
  /** For what reads all that is kept. */
  ownDataGate: ConcurrencyGate;
  exportGate: ConcurrencyGate;
  jobs: JobSender;
  /** Where there are clients without Discord. */
  replies?: ReplySender | undefined;
  observe?: JobObserver | undefined;
  log: Log;
}

/** Runs one delivery of a job. What throws is logged and thrown on, so that the queue delivers the job again. */
export function jobRunner(context: JobContext): JobHandler {
  return async (job, delivery) => {
    const log = context.log.child({ interaction: jobId(job), kind: job.kind, attempt: delivery.attempt });
    log.debug("taken");
    const ended = context.observe?.jobTaken(job, delivery);
    try {
      await refuseForeignApplication(job, context.answers);
      await run(job, delivery, { ...context, log });
      ended?.("done");
      log[usualLevel(job)]("done");
    } catch (error) {
      if (error instanceof RetryLaterError) {
        ended?.("postponed");
        log.debug({ delay: error.delayMs }, "postponed");
        throw error;
      }
      const over = isLastWord(error, delivery);
      ended?.(over ? "dead" : "retried");
      log.error({ err: error }, over ? describeEnd(error) : "failed; it will be tried again");
      throw error;
    }
  };
}

/** Whether the queue delivers the job no more. */
function isLastWord(error: unknown, { last }: Delivery): boolean {
  return last || error instanceof RefusedJobError;
}

function describeEnd(error: unknown): string {
  return error instanceof RefusedJobError
    ? "refused; it goes to the dead letters"
    : "failed for the last time";
}

async function run(job: Job, delivery: Delivery, context: JobContext): Promise<void> {
  const told = <T>(work: () => Promise<T>): Promise<T> => toldOfFailure(job, delivery, context, work);
  switch (job.kind) {
    case "stats":
      return keepTransaction(await told(() => answerStats(job, delivery, context)), context);
    case "client-stats":
      return keepTransaction(await told(() => replyStats(job, delivery, context)), context);
    case "hotdog":
      return told(() => postRound(job, delivery, context));
    case "press":
      return told(() => keepPress(job, delivery, context));
    case "upload":
    case "message-upload":
      return context.uploadAccounts.runUpload(uploaderOf(job), () =>
        context.concurrencyGate(() => told(() => answerUpload(job, delivery, context))),
      );
    case "offer-removal":
      return told(() => offerRemoval(job, delivery, context));
    case "remove":
      return told(() => removeImage(job, delivery, context));
    case "progress":
      return told(() => answerProgress(job, delivery, context));
    case "export":
      return context.exportGate(() => told(() => answerExport(job, delivery, context)));
    case "my-data":
      return context.ownDataGate(() => told(() => sendOwnData(job, delivery, context)));
    case "forget":
      return context.ownDataGate(() => told(() => forgetPerson(job, delivery, context)));
    case "transaction-log":
      return writeTransactionLog(context.createText, job.transaction);
  }
}

function uploaderOf(job: UploadJob | MessageUploadJob): string {
  return (job.kind === "upload" ? job.interaction : job.message).userId;
}

/** Does what ends in an answer; when its last attempt fails, or it is refused, the person is told so instead. */
async function toldOfFailure<T>(
  job: Job,
  delivery: Delivery,
  context: JobContext,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isLastWord(error, delivery)) {
      await tellOfFailure(job, context).catch((failure: unknown) =>
        context.log.error({ err: failure }, "the person could not be told of the failure"),
      );
    }
    throw error;
  }
}

async function tellOfFailure(job: Job, { answers, replies }: JobContext): Promise<void> {
  // Nobody waits for a log.
  if (job.kind === "transaction-log") return;
  if (job.kind === "client-stats") return replyFailure(job, replies);
  const to = job.kind === "message-upload" ? job.message : job.interaction;
  const content = textsFor(to.locale).failed(to.id);
  const isInPlace = job.kind === "remove" && job.messageId !== undefined;
  if (isInPlace) await answers.messages.tellBeside(job.interaction, content);
  else if (job.kind === "message-upload") await answers.editReply(job.message, { content }, { again: true });
  else
    await answers.give(
      job.interaction,
      { content },
      { again: true, late: job.kind === "stats" ? "post" : "drop" },
    );
}
