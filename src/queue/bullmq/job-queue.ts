import {
  Queue,
  QueueKeys,
  RedisConnection,
  RedisQueueBackend,
  type BackendFactory,
  type Job as StoredJob,
  type JobsOptions,
} from "bullmq";
import type { Redis } from "ioredis";
import { formatJob, jobId, type Job } from "../../jobs/job.ts";

export const KEY_PREFIX = "hotdog-bot";
export const QUEUE_NAME = "jobs";

/** How long the id of a finished job is kept, so that a job that is sent twice is done once. */
const DONE_RETENTION_SECONDS = 900;
/** These take about 26 MB, and more jobs than this are never done while a send may still be repeated. */
const MAX_DONE_JOBS = 20_000;
/** Never reached: the consumer decides which attempt is the last. */
const MAX_BULLMQ_ATTEMPTS = 1_000;
/** Length of BullMQ's event stream, which nobody reads. */
const MAX_EVENTS = 100;

const OPTIONS: JobsOptions = {
  attempts: MAX_BULLMQ_ATTEMPTS,
  backoff: { type: "custom" },
  removeOnComplete: { age: DONE_RETENTION_SECONDS, count: MAX_DONE_JOBS },
  removeOnFail: false,
  // The worker's log has the stack.
  stackTraceLimit: 0,
};

/** A BullMQ queue whose data is the job's text, and whose names are job kinds. */
export type BullQueue = Queue<string, void>;
export type BullJob = StoredJob<string, void>;

export function jobQueue(client: Redis): BullQueue {
  const queue: BullQueue = new Queue(QUEUE_NAME, {
    connection: client,
    prefix: KEY_PREFIX,
    streams: { events: { maxLen: MAX_EVENTS } },
  });
  // The errors of the client are handled where it is opened.
  queue.on("error", () => {});
  return queue;
}

/**
 * Adds a job. BullMQ ignores a job whose id it already knows. The kind is part of the id, because a transaction log has the id of
 * the job that it came from. BullMQ's own ids are integers; the prefix sets ours apart.
 */
export async function addJob(queue: BullQueue, job: Job): Promise<void> {
  await queue.add(job.kind, formatJob(job), { ...OPTIONS, jobId: `i-${jobId(job)}-${job.kind}` });
}

/** Returns the text that was sent. Others may have sent data of another type. */
export function bodyOf({ data }: BullJob): string {
  return typeof data === "string" ? data : JSON.stringify(data);
}

/** Empty job data, as the JSON that BullMQ stores. */
const NO_DATA = '""';

/**
 * A BullMQ backend that drops the data of a job in the same step that marks the job as done. Redis then no longer knows who asked
 * for what, but keeps the id, by which it recognizes the job when it is sent again.
 */
class WorkerBackend extends RedisQueueBackend {
  override moveToCompletedArgs(
    ...[job, returned, remove, token, fetchNext = false]: Parameters<RedisQueueBackend["moveToCompletedArgs"]>
  ): ReturnType<RedisQueueBackend["moveToCompletedArgs"]> {
    const done = [job, returned, "returnvalue", remove, "completed", token, Date.now()] as const;
    return this.moveToFinishedArgs(...done, fetchNext, { data: NO_DATA });
  }
}

/** Makes the backend of a BullMQ worker: it uses this client, and one more connection that waits for jobs. */
export function workerBackend(client: Redis): BackendFactory<RedisQueueBackend> {
  return (name, options) => {
    const keys = new QueueKeys(KEY_PREFIX);
    return new WorkerBackend(
      new RedisConnection(client, { shared: true, blocking: false }),
      name,
      keys.getKeys(name),
      (type) => keys.toKey(name, type),
      options,
      new RedisConnection(client.duplicate(), { shared: false, blocking: true }),
    );
  };
}
