import type { Redis } from "ioredis";
import type { DeadLetter, JobQueue } from "../queue.ts";
import { bodyOf, type BullJob, type BullQueue } from "./job-queue.ts";

/** Dead letters read or changed at a time. */
const PAGE_SIZE = 250;
/** BullMQ's reason for a job whose workers died. */
const STALLED = "job stalled more than allowable limit";
const ABANDONED = "delivered several times, but no worker lived to report an outcome";

/** The failed jobs of a BullMQ queue. */
export function bullmqDeadLetters(
  queue: BullQueue,
  client: Redis,
): Pick<JobQueue, "deadLetters" | "retryDeadLetters" | "dropDeadLetters"> {
  const failed = queue.toKey("failed");
  const allIds = (): Promise<string[]> => client.zrange(failed, "0", "-1");

  async function retry(id: string): Promise<boolean> {
    const job = await queue.getJob(id);
    if (job === undefined || !(await job.isFailed())) return false;
    // Resets the number of times its workers died, and the mark that it must fail for that. BullMQ itself would keep both.
    await client.hdel(queue.toKey(id), "stc", "defa");
    try {
      await job.retry("failed", { resetAttemptsMade: true });
      return true;
    } catch (error) {
      // Another process may have retried it in the meantime.
      if (!(await job.isFailed())) return false;
      throw error;
    }
  }

  async function drop(id: string): Promise<boolean> {
    // Atomic, so that a job that another process has just retried is not removed.
    if ((await client.zrem(failed, id)) === 0) return false;
    await queue.remove(id);
    return true;
  }

  return {
    async deadLetters() {
      const jobs = await inPages(await allIds(), (id) => queue.getJob(id));
      return jobs.filter((job) => job !== undefined).map(readDeadLetter);
    },
    retryDeadLetters: async (ids) => filterInPages(ids ?? (await allIds()), retry),
    dropDeadLetters: (ids) => filterInPages(ids, drop),
  };
}

function readDeadLetter(job: BullJob): DeadLetter {
  const { id = "", failedReason, finishedOn } = job;
  const reason = failedReason === STALLED ? ABANDONED : failedReason;
  return { id, body: bodyOf(job), reason, ...(finishedOn ? { at: new Date(finishedOn) } : {}) };
}

/** @returns the ids for which `act` resolved with true */
async function filterInPages(
  ids: readonly string[],
  act: (id: string) => Promise<boolean>,
): Promise<string[]> {
  const results = await inPages(ids, act);
  return ids.filter((_, index) => results[index]);
}

async function inPages<T>(ids: readonly string[], act: (id: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let start = 0; start < ids.length; start += PAGE_SIZE)
    results.push(...(await Promise.all(ids.slice(start, start + PAGE_SIZE).map(act))));
  return results;
}
