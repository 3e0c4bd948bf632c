import type { Consumer, JobQueue } from "../queue/queue.ts";
import { jobRunner, type JobContext } from "./run-job.ts";

interface WorkerOptions extends Omit<JobContext, "jobs"> {
  queue: JobQueue;
  /** Jobs at a time. */
  concurrency: number;
}

/** Takes jobs from the queue until its consumer is stopped. */
export function startWorker({ queue, concurrency, ...context }: WorkerOptions): Consumer {
  const consumer = queue.consume(jobRunner({ ...context, jobs: queue }), { concurrency });
  context.log.info({ concurrency }, "the worker takes jobs");
  return consumer;
}
