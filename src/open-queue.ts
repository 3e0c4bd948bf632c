import type { Log } from "./log.ts";
import { bullmqQueue, bullmqSender } from "./queue/bullmq.ts";
import type { JobQueue, JobSender } from "./queue/queue.ts";
import { sqsQueue, sqsSender } from "./queue/sqs.ts";
import type { SharedQueueAddress } from "./settings.ts";

interface Options {
  log: Log;
}

/**
 * The queue that QUEUE_URL names, for a process that takes jobs from it.
 * @throws StartError when it cannot be used
 */
export function openQueue({ engine, url }: SharedQueueAddress, options: Options): Promise<JobQueue> {
  return engine === "sqs" ? sqsQueue(url, options) : bullmqQueue(url, options);
}

/**
 * The same for a process that only sends, and may do no more.
 * @throws StartError when it cannot be used
 */
export function openSender(
  { engine, url }: SharedQueueAddress,
  options: Options,
): Promise<JobSender & { close(): Promise<void> }> {
  return engine === "sqs" ? sqsSender(url) : bullmqSender(url, options);
}
