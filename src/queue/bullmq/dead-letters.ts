import type { Redis } from "ioredis";
import type { DeadLetter } from "../queue.ts";
import { bodyOf, type BullJob, type BullQueue } from "./job-queue.ts";

/** Letters read or changed at a time. */
const PAGE = 250;

/** How BullMQ words what happened to a job whose workers died. */
const STALLED = "job stalled more than allowable limit";
const DEADLY = "no worker has lived to tell what became of it";

/** All of them, oldest first. */
export async function listDeadLetters(queue: BullQueue, client: Redis): Promise<DeadLetter[]> {
  const jobs = await inPages(await idsOf(queue, client), (id) => queue.getJob(id));
  return jobs.filter((job) => job !== undefined).map(letterOf);
}

function letterOf(job: BullJob): DeadLetter {
  const { id = "", failedReason, finishedOn } = job;
  const reason = failedReason === STALLED ? DEADLY : failedReason;
  return { id, body: bodyOf(job), reason, ...(finishedOn ? { at: new Date(finishedOn) } : {}) };
}

/** Delivers those of these ids, or all, anew, as if for the first time. @returns the ids of those that there were */
export async function retryDeadLetters(
  queue: BullQueue,
  client: Redis,
  ids?: readonly string[],
): Promise<string[]> {
  return those(ids ?? (await idsOf(queue, client)), (id) => retry(queue, client, id));
}

/** @returns the ids of those that there were */
export async function dropDeadLetters(
  queue: BullQueue,
  client: Redis,
  ids: readonly string[],
): Promise<string[]> {
  return those(ids, (id) => drop(queue, client, id));
}

async function retry(queue: BullQueue, client: Redis, id: string): Promise<boolean> {
  const job = await queue.getJob(id);
  if (job === undefined || !(await job.isFailed())) return false;
  // Of the deaths of its workers, and that it is to fail for them, BullMQ by itself would not let go.
  await client.hdel(queue.toKey(id), "stc", "defa");
  try {
    await job.retry("failed", { resetAttemptsMade: true });
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (!(await job.isFailed())) return false;
    throw error;
  }
}

async function drop(queue: BullQueue, client: Redis, id: string): Promise<boolean> {
  // In one step, lest a job be removed that somebody else has just sent anew.
  if ((await client.zrem(queue.toKey("failed"), id)) === 0) return false;
  await queue.remove(id);
  return true;
}

function idsOf(queue: BullQueue, client: Redis): Promise<string[]> {
  return client.zrange(queue.toKey("failed"), "0", "-1");
}

async function those(ids: readonly string[], act: (id: string) => Promise<boolean>): Promise<string[]> {
  const done = await inPages(ids, act);
  return ids.filter((_, index) => done[index]);
}

async function inPages<Result>(
  ids: readonly string[],
  act: (id: string) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < ids.length; start += PAGE)
    results.push(...(await Promise.all(ids.slice(start, start + PAGE).map(act))));
  return results;
}
