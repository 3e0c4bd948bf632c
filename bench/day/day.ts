import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { jobId, type Job } from "../../src/jobs/job.ts";
import { imageName } from "../../src/labeling/images.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { describeCores } from "../harness/cpu-usage.ts";
import type { Figure } from "../harness/figures.ts";
import { openLoop } from "../harness/open-loop.ts";
import { makeDistinctPhoto } from "../samples/pictures.ts";
import { startServers, type Servers } from "../servers/servers.ts";
import { listKeys, storedPressIds } from "../servers/stored.ts";
import { ENGINES, startDeployment, type Deployment, type Engine } from "./deployment.ts";
import { findMaxRate, type SearchResult } from "./find-max-rate.ts";
import { jobMaker, type MakeJobs } from "./jobs.ts";
import { HOPELESS_P99_MS, jobCount, runStep, type StepResult } from "./step.ts";

/** The round-trip delay to Discord, S3 and the queue. */
const DELAY_MS = 20;
/** Images in the set at the start. */
const IMAGES = 20;

/** Before the search, so that V8 has compiled what is used most: after 500 jobs, a job still takes a quarter more of the processor. */
const WARM_UP = { jobs: 2_000, perSecond: 400 };
/** The search starts there, because the farther the limit is, the more steps it takes. */
const EXPECTED_RATE = 570;

/** The goal for the rate of one worker, compared with the last release's. */
const MIN_RATIO = 1.3;

interface Measurement {
  engine: Engine;
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
 * Sender, worker, servers and proxy share the cores of this machine. More workers are not measured, because one already makes both cores
 * busy; `presses` measures how several share a label file.
 *
 * @param options.against the folder of another checkout of this repository with its packages installed, such as that of the last
 *   release: the rate of its worker is measured too, and compared
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
    const own = await measureEngine(engine, setup);
    measurements.push(own);
    if (against === undefined) continue;
    const checkout = pathToFileURL(`${resolve(against)}/`);
    comparisons.push(ratioFigure(own, await measureEngine(engine, { ...setup, checkout })));
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
  /** The checkout whose worker is measured; this one by default. */
  checkout?: URL;
}

async function measureEngine(
  engine: Engine,
  { servers, makeJobs, set, checkout }: Setup,
): Promise<Measurement> {
  await using deployment = await startDeployment(engine, servers, checkout);
  const store = await servers.s3.openStore(deployment.prefix);
  for (const image of set) await imageSet(store).add({ uploaded: image, stored: image, format: "jpg" });
  const sent: Job[] = [];
  const makeRecordedJobs: MakeJobs = async (count) => {
    const jobs = await makeJobs(count);
    sent.push(...jobs);
    return jobs;
  };
  const search = await searchRate({ deployment, servers, makeJobs: makeRecordedJobs });
  await verify(store, sent);
  await store.close();
  return { engine, ...search };
}

interface Search {
  deployment: Deployment;
  servers: Servers;
  makeJobs: MakeJobs;
}

async function searchRate({
  deployment,
  servers,
  makeJobs,
}: Search): Promise<Pick<Measurement, "result" | "steps">> {
  const warmUp = await makeJobs(WARM_UP.jobs);
  await openLoop(warmUp, WARM_UP.perSecond, (job) => deployment.sender.send(job));
  await servers.answerTimes(warmUp.map(jobId));
  const steps = new Map<number, StepResult>();
  const attempt = async (perSecond: number): Promise<StepResult> => {
    const jobs = await makeJobs(jobCount(perSecond));
    const step = await runStep(jobs, { perSecond, deployment, servers });
    steps.set(perSecond, step);
    return step;
  };
  const result = await findMaxRate(EXPECTED_RATE, async (rate) => {
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

function figuresOf({ engine, result: { held, failed }, steps }: Measurement): Figure[] {
  const name = `${engine} + S3, 1 worker`;
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
