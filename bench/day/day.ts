import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { jobId, type Job } from "../../src/jobs/job.ts";
import { imageName } from "../../src/labeling/images.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { describeCores } from "../harness/cpu-usage.ts";
import type { Figure } from "../harness/figures.ts";
import { makeDistinctPhoto } from "../samples/pictures.ts";
import { startServers, type Servers } from "../servers/servers.ts";
import { listKeys, storedPressIds } from "../servers/stored.ts";
import { ENGINES, startDeployment, type Deployment, type Engine } from "./deployment.ts";
import { findMaxRate, type SearchResult } from "./find-max-rate.ts";
import { jobMaker, type MakeJobs } from "./jobs.ts";
import { HOPELESS_P99_MS, jobCount, runStep, type StepResult } from "./step.ts";

/** The round-trip delay to Discord, S3 and the queue. */
const DELAY_MS = 20;
const WORKER_COUNTS = [1, 4] as const;
/** Images in the set at the start. */
const IMAGES = 20;

/** Jobs per worker, all at once: enough to compile the code and start the decoding process. */
const WARM_UP_JOBS = 75;
/**
 * The expected rate of one worker, and that of more workers relative to it: one already uses most of the cores. Searches start there,
 * because the farther the limit is, the more steps they take.
 */
const EXPECTED: Record<Engine, { rate: number; ratio: number }> = {
  SQS: { rate: 240, ratio: 0.5 },
  BullMQ: { rate: 275, ratio: 0.6 },
};

/** The goal for the rate of one worker, compared with the last release's. */
const MIN_RATIO = 1.3;

interface Measurement {
  engine: Engine;
  workers: number;
  result: SearchResult;
  /** The steps by rate. */
  steps: ReadonlyMap<number, StepResult>;
}

/**
 * Measures the highest sustained rate of a mixed load: 70 % presses, 20 % `/stats`, 5 % rounds and 5 % uploads of photos of 640 × 480,
 * from the bot's sending of the job to the answer in the local Discord. Jobs are sent at fixed times, no matter how fast they are done,
 * and latencies are counted from those times. A proxy adds 20 ms to every round trip between processes.
 *
 * A step sends for half a second of warm-up and 2 measured seconds. A rate holds if 99 % of the measured jobs are confirmed within a
 * second and no backlog grows: the median of the last third may be at most 133 ms above that of the first third. If a rate fails with
 * a p99 below 1.25 s, it gets a second attempt, because in 2 seconds a single pause of the machine delays 1 % of the jobs. All jobs are
 * confirmed before the next step. The range is from the highest rate that held to the lowest that did not.
 *
 * Bot, workers, servers and proxy share the cores of this machine, so four workers cannot use more cores than one if all are busy.
 *
 * @param options.against the folder of another checkout of this repository with its packages installed, such as that of the last
 *   release: the rate of one of its workers is measured too, and compared
 */
export async function day({ against }: { against?: string | undefined } = {}): Promise<Figure[]> {
  await using disposables = new AsyncDisposableStack();
  const servers = await startServers(disposables);
  await servers.setDelay(DELAY_MS);
  const set = await Promise.all(Array.from({ length: IMAGES }, makeDistinctPhoto));
  const images = set.map((image) => imageName(image, "jpg"));
  const setup = { servers, makeJobs: jobMaker({ servers, images }), set };
  const measurements: Measurement[] = [];
  const comparisons: Figure[] = [];
  for (const engine of ENGINES) {
    const measured = await measureEngine(engine, WORKER_COUNTS, setup);
    measurements.push(...measured);
    const [one] = measured;
    if (against === undefined || one === undefined) continue;
    const checkout = pathToFileURL(`${resolve(against)}/`);
    const [other] = await measureEngine(engine, [1], {
      ...setup,
      checkout,
      expected: one.result.held,
    });
    if (other !== undefined) comparisons.push(ratioFigure(one, other));
  }
  return [...measurements.flatMap(figuresOf), ...comparisons];
}

/** Compares the highest rates. The range follows from the precision of both. */
function ratioFigure({ engine, result }: Measurement, { result: other }: Measurement): Figure {
  const value = result.held / other.held;
  return {
    name: `${engine} + S3, 1 worker, sustained rate ÷ other checkout`,
    value,
    unit: "×",
    range: [result.held / other.failed, result.failed / other.held],
    goal: `≥ ${MIN_RATIO}`,
    met: value >= MIN_RATIO,
  };
}

interface Setup {
  servers: Servers;
  makeJobs: MakeJobs;
  set: readonly Buffer[];
  /** The checkout whose workers are measured; this one by default. */
  checkout?: URL;
  /** The expected rate of one worker. */
  expected?: number;
}

async function measureEngine(
  engine: Engine,
  workerCounts: readonly number[],
  { servers, makeJobs, set, checkout, expected = EXPECTED[engine].rate }: Setup,
): Promise<Measurement[]> {
  await using deployment = await startDeployment(engine, servers, checkout);
  const store = await servers.s3.openStore(deployment.prefix);
  for (const image of set) await imageSet(store).add({ uploaded: image, stored: image, format: "jpg" });
  const sent: Job[] = [];
  const makeRecordedJobs: MakeJobs = async (count) => {
    const jobs = await makeJobs(count);
    sent.push(...jobs);
    return jobs;
  };
  const measurements: Measurement[] = [];
  for (const workers of workerCounts) {
    await deployment.scaleTo(workers);
    const [one] = measurements;
    const first = one === undefined ? expected : EXPECTED[engine].ratio * one.result.held;
    const search = await searchRate(first, { deployment, servers, makeJobs: makeRecordedJobs });
    measurements.push({ engine, workers, ...search });
  }
  await verify(store, sent);
  await store.close();
  return measurements;
}

interface Search {
  deployment: Deployment;
  servers: Servers;
  makeJobs: MakeJobs;
}

async function searchRate(
  first: number,
  { deployment, servers, makeJobs }: Search,
): Promise<Pick<Measurement, "result" | "steps">> {
  const warmUp = await makeJobs(WARM_UP_JOBS * deployment.workers.length);
  await Promise.all(warmUp.map((job) => deployment.sender.send(job)));
  await servers.answerTimes(warmUp.map(jobId));
  const steps = new Map<number, StepResult>();
  const attempt = async (perSecond: number): Promise<StepResult> => {
    const jobs = await makeJobs(jobCount(perSecond));
    const step = await runStep(jobs, { perSecond, deployment, servers });
    steps.set(perSecond, step);
    return step;
  };
  const result = await findMaxRate(first, async (rate) => {
    const { held, p99 } = await attempt(rate);
    return held || (p99 < HOPELESS_P99_MS && (await attempt(rate)).held);
  });
  return { result, steps };
}

/** Checks that the effects of all jobs are in the store exactly once. */
async function verify(store: ObjectStore, sent: readonly Job[]): Promise<void> {
  const count = (kind: Job["kind"]): number => sent.filter((job) => job.kind === kind).length;
  const ids = await storedPressIds(store);
  const found = {
    presses: ids.length,
    "distinct presses": new Set(ids).size,
    images: (await listKeys(store, "images/")).length,
    logs: (await listKeys(store, "logs/")).length,
  };
  const expected = {
    presses: count("press"),
    "distinct presses": count("press"),
    images: IMAGES + count("upload"),
    logs: count("stats"),
  };
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}

function figuresOf({ engine, workers, result: { held, failed }, steps }: Measurement): Figure[] {
  const name = `${engine} + S3, ${workers} ${workers === 1 ? "worker" : "workers"}`;
  const cores = steps.get(held)?.cores ?? { all: Number.NaN, byKind: {} };
  const coresOfHeld = [...steps.values()].filter((step) => step.held).map((step) => step.cores.all);
  return [
    { name: `${name}, sustained rate`, value: held, unit: "/s", range: [held, failed] },
    {
      name: `${name}, cores in use`,
      note: describeCores(cores),
      value: cores.all,
      unit: `of ${availableParallelism()}`,
      range: [Math.min(...coresOfHeld), Math.max(...coresOfHeld)],
    },
  ];
}
