import { Queue, type Job as StoredJob, type JobsOptions } from "bullmq";
import type { Redis } from "ioredis";
import { formatJob, jobId, type Job } from "../../jobs/job.ts";

export const KEY_PREFIX = "hotdog-bot";
export const QUEUE_NAME = "jobs";

/** Seconds for which a job that is done is remembered, so that the same one sent again is not done again. */
const REMEMBERED = 900;
/** Jobs remembered at the most: about 26 MB without what they said, and more than are done while a send can still be doubled. */
const MOST_REMEMBERED = 20_000;
/** More than there are ever: which attempt is the last is for the consumer to say. */
const ATTEMPTS = 1_000;
/** Nobody listens to them. */
const MOST_EVENTS = 100;

const OPTIONS: JobsOptions = {
  attempts: ATTEMPTS,
  backoff: { type: "custom" },
  removeOnComplete: { age: REMEMBERED, count: MOST_REMEMBERED },
  removeOnFail: false,
  // The worker's log has it.
  stackTraceLimit: 0,
};

/** A job's text is its data, its kind its name. */
export type BullQueue = Queue<string, void>;
export type BullJob = StoredJob<string, void>;

export function jobQueue(client: Redis): BullQueue {
  const queue: BullQueue = new Queue(QUEUE_NAME, {
    connection: client,
    prefix: KEY_PREFIX,
    streams: { events: { maxLen: MOST_EVENTS } },
  });
  // Whoever opened the client listens to it.
  queue.on("error", () => {});
  return queue;
}

/**
 * BullMQ takes no second job of an id that it knows. The log of a transaction has the id of the job that it comes from, so
 * the kind belongs to it; and what looks like a number would be taken for one of BullMQ's own ids.
 */
export async function addJob(queue: BullQueue, job: Job): Promise<void> {
  await queue.add(job.kind, formatJob(job), { ...OPTIONS, jobId: `i-${jobId(job)}-${job.kind}` });
}

/** As it was sent; a stranger may have sent what is no text. */
export function bodyOf({ data }: BullJob): string {
  return typeof data === "string" ? data : JSON.stringify(data);
}
