import { setTimeout as wait } from "node:timers/promises";
import { createLog } from "../src/platform/log.ts";
import { jobId, type Job } from "../src/jobs/job.ts";
import type { PressJob } from "../src/jobs/press.ts";
import { memoryQueue } from "../src/queue/memory.ts";
import { erasure } from "../src/project/erasure.ts";
import { imageSet } from "../src/project/image-set.ts";
import { labelFile } from "../src/project/label-file.ts";
import { hotdogKeys, pseudonymizer } from "../src/project/pseudonyms.ts";
import type { ObjectStore } from "../src/object-store/object-store.ts";
import { savePress } from "../src/worker/jobs/press.ts";
import type { AnswerTarget } from "../src/worker/run-job.ts";
import { labelIds } from "./kept.ts";
import { labeledImage, pressJobs } from "./press-jobs.ts";
import { PUT_TIME, slowStore } from "./slow-store.ts";

const CONCURRENCY = 256;
/** Presses for the other ways, which are slow. */
export const OTHERWISE = 20;

export interface Outcome {
  perSecond: number;
  /** In PUT times, of those that are counted. */
  latencies: readonly number[];
  lost: number;
  doubled: number;
}

export interface Load {
  count: number;
  /** Presses a second; all at once where absent. */
  rate?: number;
  /** So many of the first are not counted in the latencies. */
  warmUp?: number;
}

/**
 * Presses through a queue in memory to the label file of each worker.
 * @param stores of each worker its own, with the same content
 */
export async function throughWorkers(
  stores: readonly ObjectStore[],
  { count, rate, warmUp = 0 }: Load,
): Promise<Outcome> {
  const [first = slowStore()] = stores;
  await addImage(first);
  const log = createLog({ level: "error" });
  const queue = memoryQueue({ log });
  const confirmed = new Map<string, (at: number) => void>();
  const answerTo = (id: string): AnswerTarget => ({
    give: async () => {
      confirmed.get(id)?.(performance.now());
      return new Date();
    },
    isGiven: async () => false,
    fail: async () => {},
  });
  for (const store of stores) {
    const appending = { log, now: Date.now, random: Math.random };
    const context = {
      images: imageSet(store),
      labels: labelFile(store, appending),
      erasure: erasure(store, appending),
      pseudonymsOf: pseudonymizer(hotdogKeys("a secret of the bench")),
    };
    queue.consume(
      (job, { attempt }) => savePress(pressOf(job), { ...context, attempt, answer: answerTo(jobId(job)) }),
      { concurrency: CONCURRENCY },
    );
  }
  const jobs = pressJobs(count);
  const started = performance.now();
  const latencies = jobs.map(async (job, index) => {
    if (rate !== undefined) await wait((index / rate) * 1_000);
    const sent = performance.now();
    const done = new Promise<number>((resolve) => confirmed.set(job.interaction.id, resolve));
    await queue.send(job);
    return (await done) - sent;
  });
  return outcome((await Promise.all(latencies)).slice(warmUp), performance.now() - started, jobs, first);
}

export function sumOf(outcomes: readonly Outcome[], pick: (outcome: Outcome) => number): number {
  return outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
}

/** As one, of what went on at the same time. */
export function together(outcomes: readonly Outcome[]): Outcome {
  return {
    perSecond: sumOf(outcomes, ({ perSecond }) => perSecond),
    latencies: outcomes.flatMap(({ latencies }) => latencies),
    lost: sumOf(outcomes, ({ lost }) => lost),
    doubled: sumOf(outcomes, ({ doubled }) => doubled),
  };
}

function pressOf(job: Job): PressJob {
  if (job.kind !== "press") throw new Error(`no press: ${job.kind}`);
  return job;
}

/** Likewise by one of the other ways, on a store in memory. */
export async function otherwise(
  append: (store: ObjectStore, jobs: readonly PressJob[]) => Promise<number[]>,
  workers: number,
): Promise<Outcome> {
  const store = slowStore();
  await addImage(store);
  const jobs = pressJobs(OTHERWISE);
  const started = performance.now();
  const lots = Array.from({ length: workers }, (_, worker) =>
    jobs.filter((_job, index) => index % workers === worker),
  );
  const latencies = await Promise.all(lots.map((lot) => append(store, lot)));
  return outcome(latencies.flat(), performance.now() - started, jobs, store);
}

async function addImage(store: ObjectStore): Promise<void> {
  await store.put(`images/${labeledImage}`, Buffer.from("an image"));
}

async function outcome(
  latencies: number[],
  time: number,
  jobs: readonly PressJob[],
  store: ObjectStore,
): Promise<Outcome> {
  const ids = await labelIds(store);
  const found = new Set(ids);
  const missing = jobs.filter(({ interaction }) => !found.has(interaction.id)).length;
  return {
    perSecond: (jobs.length / time) * 1_000,
    latencies: latencies.map((latency) => latency / PUT_TIME),
    lost: missing,
    doubled: ids.length - found.size,
  };
}
