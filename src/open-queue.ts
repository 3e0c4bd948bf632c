import type { Log } from "./log.ts";
import type { JobQueue, JobSender } from "./queue/queue.ts";
import type { SharedQueueAddress } from "./settings.ts";

interface Options {
  log: Log;
}

/**
 * The queue that QUEUE_URL names, for a process that takes jobs from it.
 * @throws StartError when it cannot be used
 */
export async function openQueue({ engine, url }: SharedQueueAddress, options: Options): Promise<JobQueue> {
  if (engine === "sqs") {
    const { sqsQueue } = await import("./queue/sqs.ts");
    return sqsQueue(url, options);
  }
  const { bullmqQueue } = await import("./queue/bullmq.ts");
  return bullmqQueue(url, options);
}

/**
 * The same for a process that only sends, and may do no more.
 * @throws StartError when it cannot be used
 */
export async function openSender(
  { engine, url }: SharedQueueAddress,
  options: Options,
): Promise<JobSender & { close(): Promise<void> }> {
  if (engine === "sqs") {
    const { sqsSender } = await import("./queue/sqs.ts");
    return sqsSender(url);
  }
  const { bullmqSender } = await import("./queue/bullmq.ts");
  return bullmqSender(url, options);
}
