import { setTimeout as wait } from "node:timers/promises";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { createLog } from "../../src/platform/log.ts";
import { jobId, type Job } from "../../src/jobs/job.ts";
import type { PressJob } from "../../src/jobs/press.ts";
import { memoryQueue } from "../../src/queue/memory.ts";
import type { Consumer, JobHandler, JobQueue } from "../../src/queue/queue.ts";
import { erasure } from "../../src/project/erasure.ts";
import { hotdogKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { labelFile } from "../../src/project/label-file.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { savePress } from "../../src/worker/jobs/press.ts";
import type { AnswerTarget } from "../../src/worker/run-job.ts";
import { storedPressIds } from "../servers/stored.ts";
import { LABELED_IMAGE, makePressJobs } from "../samples/press-jobs.ts";
import { PUT_LATENCY_MS, simulatedS3Store } from "../servers/simulated-s3-store.ts";
import { workerStore, type WorkerStore } from "./worker-store.ts";

const CONCURRENCY = 256;
const log = createLog({ level: "error" });
/** Number of presses for the alternatives, which are slow. */
export const ALTERNATIVE_PRESSES = 12;

export interface Outcome {
  perSecond: number;
  /** Time from press to confirmation of the presses that count, in multiples of the PUT latency. */
  latencies: readonly number[];
  /** PUTs per second, after the warm-up, that another worker was faster than. */
  lostPuts: number;
  lost: number;
  duplicates: number;
}

export interface Load {
  count: number;
  /** Presses per second; all at once if absent. */
  rate?: number;
  /** Number of first presses that do not count. */
  warmUp?: number;
  /** After the warm-up the first worker is killed, and only the presses that others take count. */
  kill?: boolean;
}

interface BenchWorker extends WorkerStore {
  consumer: Consumer;
  /** Interaction ids of the presses that it took first. */
  taken: Set<string>;
}

/**
 * Sends presses through an in-memory queue to workers that append to one label file.
 * @param stores one per worker, all with the same content
 */
export async function runWorkers(stores: readonly ObjectStore[], load: Load): Promise<Outcome> {
  const { count, rate, warmUp = 0, kill = false } = load;
  const [first = simulatedS3Store()] = stores;
  await addImage(first);
  const queue = memoryQueue({ log });
  const confirmed = new Map<string, (at: number) => void>();
  const workers = stores.map((store) => startWorker(store, queue, confirmed));
  const victim = kill ? workers[0] : undefined;
  const lostPuts = (): number => sumOf(workers, (worker) => worker.lostPuts());
  const jobs = makePressJobs(count);
  const started = performance.now();
  let warm = { at: started, lostPuts: 0 };
  const latencies = jobs.map(async (job, index) => {
    if (rate !== undefined) await wait((index / rate) * 1_000);
    if (index === warmUp) {
      warm = { at: performance.now(), lostPuts: lostPuts() };
      victim?.kill();
      // Its jobs go to the others at once.
      void victim?.consumer.stop(0);
    }
    const sent = performance.now();
    const done = new Promise<number>((resolve) => confirmed.set(job.interaction.id, resolve));
    await queue.send(job);
    return (await done) - sent;
  });
  const times = await Promise.all(latencies);
  const ended = performance.now();
  const counted = times.filter(
    (_, index) => index >= warmUp && victim?.taken.has(jobs[index]?.interaction.id ?? "") !== true,
  );
  return {
    ...(await evaluate(counted, ended - started, jobs, first)),
    lostPuts: ((lostPuts() - warm.lostPuts) / (ended - warm.at)) * 1_000,
  };
}

function startWorker(
  shared: ObjectStore,
  queue: JobQueue,
  confirmed: ReadonlyMap<string, (at: number) => void>,
): BenchWorker {
  const own = workerStore(shared);
  const taken = new Set<string>();
  const appending = { log, now: Date.now, random: Math.random };
  const hotdogs = {
    question: HOTDOG_QUESTION,
    images: imageSet(own.store),
    labels: labelFile(own.store, appending),
    erasure: erasure(own.store, appending),
    pseudonymsOf: pseudonymizer(hotdogKeys("the secret of the benchmarks")),
  };
  const answerTo = (id: string): Pick<AnswerTarget, "give"> => ({
    give: async () => {
      confirmed.get(id)?.(performance.now());
      return new Date();
    },
  });
  const handler: JobHandler = async (job, { attempt }) => {
    if (attempt === 1) taken.add(jobId(job));
    await savePress(pressOf(job), hotdogs, { answer: answerTo(jobId(job)) });
  };
  return { ...own, taken, consumer: queue.consume(handler, { concurrency: CONCURRENCY }) };
}

/** Adds up one figure of the outcomes. */
export function sumOf<T>(outcomes: readonly T[], pick: (outcome: T) => number): number {
  return outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
}

/** Merges the outcomes of simultaneous runs into one. */
export function merge(outcomes: readonly Outcome[]): Outcome {
  return {
    perSecond: sumOf(outcomes, ({ perSecond }) => perSecond),
    latencies: outcomes.flatMap(({ latencies }) => latencies),
    lostPuts: sumOf(outcomes, ({ lostPuts }) => lostPuts) / outcomes.length,
    lost: sumOf(outcomes, ({ lost }) => lost),
    duplicates: sumOf(outcomes, ({ duplicates }) => duplicates),
  };
}

function pressOf(job: Job): PressJob {
  if (job.kind !== "press") throw new Error(`unexpected job: ${job.kind}`);
  return job;
}

/** Appends presses in an alternative way, with the presses divided among the workers. */
export async function runAlternative(
  append: (store: ObjectStore, jobs: readonly PressJob[]) => Promise<number[]>,
  workers: number,
): Promise<Outcome> {
  const store = simulatedS3Store();
  await addImage(store);
  const jobs = makePressJobs(ALTERNATIVE_PRESSES);
  const started = performance.now();
  const shares = Array.from({ length: workers }, (_, worker) =>
    jobs.filter((_job, index) => index % workers === worker),
  );
  const latencies = await Promise.all(shares.map((share) => append(store, share)));
  return { ...(await evaluate(latencies.flat(), performance.now() - started, jobs, store)), lostPuts: 0 };
}

async function addImage(store: ObjectStore): Promise<void> {
  await store.put(`images/${LABELED_IMAGE}`, Buffer.from("an image"));
}

/** Compares the stored rows with the presses. @param time milliseconds for all of them */
async function evaluate(
  latencies: number[],
  time: number,
  jobs: readonly PressJob[],
  store: ObjectStore,
): Promise<Omit<Outcome, "lostPuts">> {
  const ids = await storedPressIds(store);
  const found = new Set(ids);
  const missing = jobs.filter(({ interaction }) => !found.has(interaction.id)).length;
  return {
    perSecond: (jobs.length / time) * 1_000,
    latencies: latencies.map((latency) => latency / PUT_LATENCY_MS),
    lost: missing,
    duplicates: ids.length - found.size,
  };
}
