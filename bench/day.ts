import { availableParallelism } from "node:os";
import { imageName } from "../src/labeling/images.ts";
import { jobId, type Job } from "../src/jobs/job.ts";
import { imageSet } from "../src/project/image-set.ts";
import type { ObjectStore } from "../src/object-store/object-store.ts";
import { describeCores } from "./cores-in-use.ts";
import { jobMaker, type MakeJobs } from "./day-jobs.ts";
import { ENGINES, openSite, type Engine, type Site } from "./day-site.ts";
import { HOPELESS, jobsOfStep, step, type Step } from "./day-step.ts";
import { keysIn, labelIds } from "./kept.ts";
import { numbered, photograph } from "./pictures.ts";
import type { Figure } from "./report.ts";
import { staircase, type Found } from "./staircase.ts";
import { startServers, type Servers } from "./stats-servers.ts";

/** Milliseconds that each exchange with Discord, S3 and the queue takes longer. */
const DELAY = 20;
const WORKERS = [1, 4] as const;
/** In the set from the beginning. */
const IMAGES = 20;

/** Jobs for each worker, all at once, until its code is compiled and its decoding process runs. */
const WARM_UP = 75;
/** Jobs a second from which the first search goes up or down; the others begin where one before has ended. */
const FIRST = 120;
/** Of what one worker does, so much is likely for more of them, where all cores are in use already. */
const WITH_MORE = 0.6;

interface Measured {
  engine: Engine;
  workers: number;
  found: Found;
  /** By rate. */
  steps: ReadonlyMap<number, Step>;
}

/**
 * The highest rate at which a mixed load goes on and on: 70 % presses, 20 % `/stats`, 5 % rounds and 5 % uploads of photographs of
 * 640 × 480, from the bot's sending of the job to the answer in the local Discord. Jobs are sent at fixed times, whatever has become
 * of those before; each waits from its time on. Every exchange between processes takes 20 ms longer by way of a proxy.
 *
 * A rate has held when, of the jobs of 2 seconds after half a second that does not count, 99 of 100 were confirmed in less than a
 * second, and no backlog grew: the median of the last third of those seconds is no more than 133 ms above that of the first third.
 * Where the 99 took less than a second and a quarter, a second attempt counts as well: in 2 seconds a single pause of the machine's
 * makes a hundredth late. All jobs are confirmed before the next step. The spread is from the highest rate that held to the lowest
 * that did not.
 *
 * Bot, workers, servers and proxy share the cores of this machine: where all are in use, four workers have no more of them than one.
 */
export async function day(): Promise<Figure[]> {
  await using opened = new AsyncDisposableStack();
  const servers = await startServers(opened);
  await servers.setDelay(DELAY);
  const picture = await photograph(640, 480);
  const set = Array.from({ length: IMAGES }, (_, index) => numbered(picture, -1 - index));
  const images = set.map((image) => imageName(image, "jpg"));
  const make = jobMaker({ servers, picture, images });
  const measured: Measured[] = [];
  for (const engine of ENGINES)
    measured.push(...(await dayOn(engine, { servers, make, set, before: measured })));
  return measured.flatMap(figuresOf);
}

interface Given {
  servers: Servers;
  make: MakeJobs;
  set: readonly Buffer[];
  before: readonly Measured[];
}

async function dayOn(engine: Engine, { servers, make, set, before }: Given): Promise<Measured[]> {
  await using site = await openSite(engine, servers);
  const store = await servers.s3.openStore(site.prefix);
  for (const image of set) await imageSet(store).add({ uploaded: image, stored: image, format: "jpg" });
  const sent: Job[] = [];
  const noted: MakeJobs = async (count) => {
    const jobs = await make(count);
    sent.push(...jobs);
    return jobs;
  };
  const measured: Measured[] = [];
  for (const workers of WORKERS) {
    await site.haveWorkers(workers);
    const [one] = measured;
    const likely = before.find((other) => other.workers === workers)?.found.held;
    const first = likely ?? (one === undefined ? FIRST : WITH_MORE * one.found.held);
    measured.push({ engine, workers, ...(await highestRate(first, { site, servers, make: noted })) });
  }
  await checkKept(store, sent);
  await store.close();
  return measured;
}

interface Searched {
  site: Site;
  servers: Servers;
  make: MakeJobs;
}

async function highestRate(
  first: number,
  { site, servers, make }: Searched,
): Promise<Pick<Measured, "found" | "steps">> {
  const warmUp = await make(WARM_UP * site.workers.length);
  await Promise.all(warmUp.map((job) => site.sender.send(job)));
  await servers.answered(warmUp.map(jobId));
  const steps = new Map<number, Step>();
  const attempt = async (perSecond: number): Promise<Step> => {
    const jobs = await make(jobsOfStep(perSecond));
    const taken = await step(jobs, { perSecond, site, servers });
    steps.set(perSecond, taken);
    return taken;
  };
  const found = await staircase(first, async (rate) => {
    const { held, p99 } = await attempt(rate);
    return held || (p99 < HOPELESS && (await attempt(rate)).held);
  });
  return { found, steps };
}

/** All that was confirmed, once. */
async function checkKept(store: ObjectStore, sent: readonly Job[]): Promise<void> {
  const count = (kind: Job["kind"]): number => sent.filter((job) => job.kind === kind).length;
  const ids = await labelIds(store);
  const found = {
    presses: ids.length,
    "different presses": new Set(ids).size,
    images: (await keysIn(store, "images/")).length,
    logs: (await keysIn(store, "logs/")).length,
  };
  const wanted = {
    presses: count("press"),
    "different presses": count("press"),
    images: IMAGES + count("upload"),
    logs: count("stats"),
  };
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`there are ${JSON.stringify(found)} and should be ${JSON.stringify(wanted)}`);
}

function figuresOf({ engine, workers, found: { held, failed }, steps }: Measured): Figure[] {
  const name = `${engine} + S3, ${workers} ${workers === 1 ? "worker" : "workers"}`;
  const cores = steps.get(held)?.cores ?? { all: Number.NaN, by: {} };
  const all = [...steps.values()].filter((step) => step.held).map((step) => step.cores.all);
  return [
    { name: `${name}, steady rate`, figure: held, unit: "/s", spread: [held, failed] },
    {
      name: `${name}, cores in use`,
      note: describeCores(cores),
      figure: cores.all,
      unit: `of ${availableParallelism()}`,
      spread: [Math.min(...all), Math.max(...all)],
    },
  ];
}
