import type { Log } from "./log.ts";
import type { JobQueue, JobSender } from "./queue/queue.ts";
import { sqsQueue, sqsSender } from "./queue/sqs.ts";
import type { SharedQueueAddress } from "./settings.ts";

/**
 * The queue that QUEUE_URL names, for a process that takes jobs from it.
 * @throws StartError when it cannot be used
 */
export function openQueue({ url }: SharedQueueAddress, options: { log: Log }): Promise<JobQueue> {
  return sqsQueue(url, options);
}

/**
 * The same for a process that only sends, and may do no more.
 * @throws StartError when it cannot be used
 */
export function openSender({ url }: SharedQueueAddress): Promise<JobSender & { close(): Promise<void> }> {
  return sqsSender(url);
}
