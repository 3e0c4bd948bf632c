import type { Log } from "./log.ts";
import type { JobQueue, JobSender } from "./queue/queue.ts";
import type { SharedQueueAddress } from "./settings.ts";

/**
 * The queue that QUEUE_URL names, for a process that takes jobs from it.
 * @throws StartError when it cannot be used
 */
export async function openQueue({ url }: SharedQueueAddress, options: { log: Log }): Promise<JobQueue> {
  const { sqsQueue } = await import("./queue/sqs.ts");
  return sqsQueue(url, options);
}

/**
 * The same for a process that only sends, and may do no more.
 * @throws StartError when it cannot be used
 */
export async function openSender({
  url,
}: SharedQueueAddress): Promise<JobSender & { close(): Promise<void> }> {
  const { sqsSender } = await import("./queue/sqs.ts");
  return sqsSender(url);
}
