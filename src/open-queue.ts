import type { Log } from "./log.ts";
import type { JobQueue } from "./queue/queue.ts";
import { sqsQueue } from "./queue/sqs.ts";
import type { SharedQueueAddress } from "./settings.ts";

/**
 * The queue of processes apart that QUEUE_URL names.
 * @param options.consumes false for one that only sends, and may do no more
 * @throws StartError when it cannot be used
 */
export async function openQueue(
  address: SharedQueueAddress,
  options: { log: Log; consumes: boolean },
): Promise<JobQueue> {
  return sqsQueue(address.url, options);
}
