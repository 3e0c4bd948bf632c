import type { Recipient } from "../jobs/declaration.ts";
import { declarationOf, jobId, logLevelOf, type Job, type JobKind } from "../jobs/job.ts";
import type { HotdogUploaders } from "../labeling/project-settings.ts";
import type { ImageOrder } from "../labeling/priority.ts";
import type { Log } from "../platform/log.ts";
import type { OwnImages } from "../project/own-images.ts";
import type { PersonalData } from "../project/personal-data.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { RetryLaterError, RefusedJobError, type Delivery } from "../queue/queue.ts";
import type { JobHandler, JobSender } from "../queue/queue.ts";
import type { ReplySender } from "../queue/reply.ts";
import type { CreateText } from "../stats/transaction-log.ts";
import { textsFor } from "../texts/texts.ts";
import type { UploadContext } from "./add-uploads.ts";
import type { AnswerMessage, Answers } from "./answers.ts";
import type { ConcurrencyGate } from "./concurrency-gate.ts";
import { HANDLERS, type HandlerOf } from "./handlers.ts";
import type { PictureMaker, PictureObserver } from "./picture.ts";
import type { WorkerProjects } from "./project-in-use.ts";
import type { SettleContext } from "./settle-pending.ts";

/** How a delivery ended. */
export type JobOutcome = "done" | "postponed" | "retried" | "dead";

export interface JobObserver {
  /** Called when a delivery begins. Returns a function to call when it ends. */
  jobTaken(job: Job, delivery: Delivery): (outcome: JobOutcome) => void;
}

/** What a worker gives to all of its handlers. */
export interface WorkerContext extends UploadContext {
  projects: WorkerProjects;
  projectIndex: ProjectIndex;
  personalData: PersonalData;
  ownImages: OwnImages;
  answers: Answers;
  /** Creates the logs of `/stats`. */
  createText: CreateText;
  /** How rounds choose images if the person does not say. */
  defaultOrder: ImageOrder;
  /** Who may add images of hot dogs. */
  hotdogUploads: HotdogUploaders;
  /** Returns the address of the folder of a project's images for other programs, if it has one, from the prefix of its keys. */
  imagesAt: (prefix: string) => string | undefined;
  makePictures: PictureMaker;
  /** What following the answers to uploads takes. */
  settling: SettleContext;
  inSlot: ConcurrencyGate;
  /** Milliseconds since 1970. */
  now: () => number;
  jobs: JobSender;
  /** Unset if there are no clients without Discord. */
  replies?: ReplySender | undefined;
  observe?: (JobObserver & PictureObserver) | undefined;
  log: Log;
}

/** Where the answer to a job goes. Handlers need not know whether a command, a message, a button or a client asked. */
export interface AnswerTarget {
  /**
   * Gives the answer, unless an earlier delivery has given one.
   * @returns when the answer was given
   */
  give(message: AnswerMessage): Promise<Date>;
  /** Tells only the person why the job was not done, if the recipient allows it, unless an earlier delivery has given the answer. */
  refuse(message: AnswerMessage): Promise<void>;
  /** Whether an earlier delivery has given the answer, as far as can be seen. */
  isGiven(): Promise<boolean>;
  /** Id of the message that shows the answer, or will. Undefined if the answer has no message, or its message was deleted. */
  messageId(): Promise<string | undefined>;
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
  const { give, refuse, isGiven, messageId, to } = routeTo(recipient, worker);
  let given = false;
  const isGivenBefore = async (): Promise<boolean> => again && (await isGiven?.()) === true;
  return {
    async give(message) {
      const answered = await give(message, again);
      given = true;
      return answered ?? new Date(worker.now());
    },
    async refuse(message) {
      if (refuse === undefined) await give(message, again);
      else if (!(await isGivenBefore())) await refuse(message);
      given = true;
    },
    isGiven: isGivenBefore,
    messageId: async () => messageId?.(),
    async fail() {
      if (!given) await give(to === undefined ? {} : { content: textsFor(to.locale).failed(to.id) }, true);
    },
  };
}

/** How one kind of recipient is answered. */
interface AnswerRoute {
  give: (message: AnswerMessage, again: boolean) => Promise<Date | void>;
  /** Tells only the person. By default, the answer tells everyone who would see it. */
  refuse?: (message: AnswerMessage) => Promise<void>;
  isGiven?: () => Promise<boolean>;
  messageId?: () => Promise<string | undefined>;
  /** What a person asked with; unset if no person did. */
  to?: { id: string; locale: string };
}

function routeTo(recipient: Recipient, { answers, replies }: WorkerContext): AnswerRoute {
  switch (recipient.via) {
    case "interaction": {
      const { interaction: to, late, isPrivate } = recipient;
      return {
        to,
        give: (message, again) => answers.give(to, message, { again, late }),
        ...(!isPrivate && { refuse: (message) => answers.tellPrivately(to, message) }),
        isGiven: () => answers.isGiven(to),
        messageId: () => answers.messageId(to),
      };
    }
    case "reply": {
      const { message: to } = recipient;
      return {
        to,
        give: (message, again) => answers.editReply(to, message, { again }),
        isGiven: () => answers.isReplied(to),
        messageId: async () => to.replyId,
      };
    }
    case "pressed message": {
      const { interaction: to, messageId } = recipient;
      return {
        to,
        messageId: async () => messageId,
        async give({ components, ...message }) {
          if (components === undefined) return answers.tellBeside(to, message.content ?? "");
          const pressed = { interaction: to, messageId, pressed: true };
          return answers.messages.edit(pressed, { ...message, components });
        },
      };
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
