import { setTimeout as wait } from "node:timers/promises";
import { createLog } from "../src/log.ts";
import type { Job, PressJob } from "../src/queue/job.ts";
import { memoryQueue } from "../src/queue/memory.ts";
import { forgetting } from "../src/store/forgetting.ts";
import { imageSet } from "../src/store/image-set.ts";
import { labelFile } from "../src/store/label-file.ts";
import type { ObjectStore } from "../src/store/object-store.ts";
import { keepPress } from "../src/worker/jobs/press.ts";
import { labelIds } from "./kept.ts";
import { appendOneByOne, readAppendWrite } from "./presses-otherwise.ts";
import { labeledImage, pressJobs } from "./press-jobs.ts";
import { figureOf, median, neverOf, type Figure } from "./report.ts";
import { startS3, type BenchS3 } from "./s3.ts";
import { PUT_TIME, READ_TIME, slowStore } from "./slow-store.ts";

const ROUNDS = 3;
const burst: Load = { count: 2_000 };
/** The writers have found their turns when the first half second is over. */
const steady: Load = { count: 560, rate: 200, warmUp: 100 };
const CONCURRENCY = 256;
/** Presses for the other ways, which are slow. */
const OTHERWISE = 20;

interface Outcome {
  perSecond: number;
  /** In PUT times. */
  p50: number;
  p99: number;
  lost: number;
  doubled: number;
}

/**
 * Presses through the queue to the label file of each worker, on a store with S3's latency: as many as go, and 200 a
 * second; against one conditional PUT a press, and against reading, appending and writing without a condition.
 */
export async function presses(): Promise<Figure[]> {
  const rounds: {
    burst: Outcome[];
    steady: Outcome[];
    s3: { burst: Outcome; steady: Outcome };
    oneByOne: Outcome;
    unconditional: Outcome;
  }[] = [];
  await using s3 = await startS3({ images: 0, rows: 0 });
  await s3.setLatency({ putTime: PUT_TIME, readTime: READ_TIME });
  // Until the compiler has seen it.
  await inMemory(1, burst);
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      burst: [await inMemory(1, burst), await inMemory(4, burst)],
      steady: [await inMemory(1, steady), await inMemory(4, steady)],
      s3: {
        burst: await onS3(s3, `burst-${round}`, 4, burst),
        steady: await onS3(s3, `steady-${round}`, 4, steady),
      },
      oneByOne: await otherwise(appendOneByOne, 1),
      unconditional: await otherwise(readAppendWrite, 4),
    });
  }
  const of = (pick: (round: (typeof rounds)[number]) => number | undefined): number[] =>
    rounds.map((round) => pick(round) ?? Number.NaN);
  const all = (pick: (outcome: Outcome) => number): number[] =>
    rounds.map(({ burst, steady, s3 }) =>
      [...burst, ...steady, s3.burst, s3.steady].reduce((sum, outcome) => sum + pick(outcome), 0),
    );
  const limit = median(of(({ oneByOne }) => oneByOne.perSecond));
  return [
    figureOf(
      "durable presses, 1 worker",
      of(({ burst }) => burst[0]?.perSecond),
      "/s",
      { atLeast: 1_000 },
    ),
    figureOf(
      "durable presses, 4 workers",
      of(({ burst }) => burst[1]?.perSecond),
      "/s",
      { atLeast: 1_000 },
    ),
    figureOf(
      "durable presses, one PUT each",
      of(({ oneByOne }) => oneByOne.perSecond),
      "/s",
    ),
    figureOf(
      "1 worker ÷ one PUT each",
      of(({ burst }) => (burst[0]?.perSecond ?? 0) / limit),
      "×",
      { atLeast: 60 },
    ),
    figureOf(
      "press to confirmation at 200/s, 1 worker, p50",
      of(({ steady }) => steady[0]?.p50),
      "PUT times",
    ),
    figureOf(
      "press to confirmation at 200/s, 1 worker, p99",
      of(({ steady }) => steady[0]?.p99),
      "PUT times",
      { atMost: 4 },
    ),
    figureOf(
      "press to confirmation at 200/s, 4 workers, p50",
      of(({ steady }) => steady[1]?.p50),
      "PUT times",
    ),
    figureOf(
      "press to confirmation at 200/s, 4 workers, p99",
      of(({ steady }) => steady[1]?.p99),
      "PUT times",
      { atMost: 12 },
    ),
    figureOf(
      "over an S3 server: durable presses, 4 workers",
      of(({ s3 }) => s3.burst.perSecond),
      "/s",
    ),
    figureOf(
      "over an S3 server: press to confirmation, p50",
      of(({ s3 }) => s3.steady.p50),
      "PUT times",
    ),
    figureOf(
      "over an S3 server: press to confirmation, p99",
      of(({ s3 }) => s3.steady.p99),
      "PUT times",
    ),
    neverOf(
      "lost, worst round",
      all(({ lost }) => lost),
      "presses",
    ),
    neverOf(
      "doubled, worst round",
      all(({ doubled }) => doubled),
      "presses",
    ),
    figureOf(
      "lost by read, append, write, 4 workers",
      of(({ unconditional }) => (unconditional.lost / OTHERWISE) * 100),
      "%",
    ),
  ];
}

const inMemory = (workers: number, load: Load): Promise<Outcome> =>
  throughWorkers(Array<ObjectStore>(workers).fill(slowStore()), load);

/** @param prefix of nobody else */
async function onS3(s3: BenchS3, prefix: string, workers: number, load: Load): Promise<Outcome> {
  const stores = await Promise.all(Array.from({ length: workers }, () => s3.openStore(prefix)));
  try {
    return await throughWorkers(stores, load);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}

interface Load {
  count: number;
  /** Presses a second; all at once where absent. */
  rate?: number;
  /** So many of the first are not counted in the percentiles. */
  warmUp?: number;
}

/** @param stores of each worker its own, with the same content */
async function throughWorkers(
  stores: readonly ObjectStore[],
  { count, rate, warmUp = 0 }: Load,
): Promise<Outcome> {
  const [first = slowStore()] = stores;
  await addImage(first);
  const log = createLog({ level: "error" });
  const queue = memoryQueue({ log });
  const confirmed = new Map<string, (at: number) => void>();
  const answers = {
    give: async ({ id }: { id: string }) => {
      confirmed.get(id)?.(performance.now());
      return new Date();
    },
  };
  for (const store of stores) {
    const appending = { log, now: Date.now, random: Math.random };
    const context = {
      answers,
      images: imageSet(store),
      labels: labelFile(store, appending),
      forgetting: forgetting(store, appending),
      labelerSecret: "a secret of the bench",
    };
    queue.consume((job, delivery) => keepPress(pressOf(job), delivery, context), {
      concurrency: CONCURRENCY,
    });
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

function pressOf(job: Job): PressJob {
  if (job.kind !== "press") throw new Error(`no press: ${job.kind}`);
  return job;
}

async function otherwise(
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
  const sorted = latencies.toSorted((a, b) => a - b);
  const percentile = (share: number): number =>
    (sorted[Math.floor(sorted.length * share)] ?? Number.NaN) / PUT_TIME;
  const missing = jobs.filter(({ interaction }) => !found.has(interaction.id)).length;
  return {
    perSecond: (jobs.length / time) * 1_000,
    p50: percentile(0.5),
    p99: percentile(0.99),
    lost: missing,
    doubled: ids.length - found.size,
  };
}
