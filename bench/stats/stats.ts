import { setTimeout as wait } from "node:timers/promises";
import { jobId, type Job } from "../../src/jobs/job.ts";
import { medianFigure, ratios, type Figure } from "../harness/figures.ts";
import { roundOrder } from "../harness/interleave.ts";
import { startServers, type Servers } from "../servers/servers.ts";
import { listKeys } from "../servers/stored.ts";
import { startSystems, SYSTEMS, type System, type SystemName } from "./systems.ts";

/** Enough jobs to compile everything. */
const WARM_UP_JOBS = 500;
/** Jobs for the simple loops, which run one job after the other. */
const LOOP_JOBS = 5;

/**
 * Each load has a round-trip delay in milliseconds, jobs that are sent at once, and a number of rounds. Jobs must be many enough to make
 * the ramp-up and ramp-down negligible. Without a delay a run takes a second, which a pause of the machine would distort, so it is
 * repeated more often.
 */
const LOADS = [
  { delay: 0, jobs: 800, rounds: 5 },
  { delay: 20, jobs: 800, rounds: 3 },
] as const;
const ROUNDS = Math.max(...LOADS.map(({ rounds }) => rounds));
const POLL_INTERVAL_MS = 5;
const RUN_TIMEOUT_MS = 60_000;
/** Time for a worker to delete finished jobs from its queue, so that this does not affect the next run. */
const SETTLE_MS = 100;

interface Run {
  system: SystemName;
  /** Milliseconds. */
  delay: number;
  /** Jobs per second. */
  rate: number;
}

/**
 * Measures the throughput of `/stats` through BullMQ and SQS, from sending a job to its answer in the local Discord and its log in the
 * store. Compares them with an upper bound, which only makes the two calls of each job with the same concurrency, and with a simple
 * loop that runs one job after the other. A proxy delays what the workers exchange with all servers.
 *
 * On two cores the servers, the proxy and the sender take about half of the CPU time. The figures therefore show how the systems compare,
 * and little about how many jobs a worker does on a separate machine.
 */
export async function stats(): Promise<Figure[]> {
  await using disposables = new AsyncDisposableStack();
  const servers = await startServers(disposables);
  const [jobs, systems] = await Promise.all([
    servers.makeStatsJobs(totalJobs()),
    startSystems(disposables, servers),
  ]);
  const done = new Map<System, Job[]>(SYSTEMS.map((name) => [systems[name], []]));

  async function measure(name: SystemName, count: number): Promise<number> {
    const system = systems[name];
    const batch = jobs.splice(0, isLoop(name) ? LOOP_JOBS : count);
    done.get(system)?.push(...batch);
    return measureRate(system, batch, servers);
  }

  for (const name of SYSTEMS) await measure(name, WARM_UP_JOBS);
  const runs: Run[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { delay, jobs } of LOADS.filter(({ rounds }) => round < rounds)) {
      await servers.setDelay(delay);
      for (const system of roundOrder(SYSTEMS, round))
        runs.push({ system, delay, rate: await measure(system, jobs) });
    }
  }
  for (const [system, batch] of done) await verify(system, batch, servers);
  return figuresOf(runs);
}

function totalJobs(): number {
  const perSystem = LOADS.reduce((sum, { jobs, rounds }) => sum + rounds * jobs, WARM_UP_JOBS);
  const perLoop = LOADS.reduce((sum, { rounds }) => sum + rounds * LOOP_JOBS, LOOP_JOBS);
  return SYSTEMS.reduce((sum, name) => sum + (isLoop(name) ? perLoop : perSystem), 0);
}

function isLoop(name: SystemName): boolean {
  return name === "loopOnRedis" || name === "loopOnSqs";
}

/** Runs jobs and returns the rate per second. */
async function measureRate(
  system: System,
  jobs: readonly Job[],
  { s3, checkAnswers }: Servers,
): Promise<number> {
  await system.prepare?.(jobs);
  const { objects } = await s3.traffic();
  const started = performance.now();
  const allLogged = async (): Promise<void> => {
    while ((await s3.traffic()).objects < objects + jobs.length) {
      if (performance.now() - started > RUN_TIMEOUT_MS) throw new Error(`${system.prefix}: logs are missing`);
      await wait(POLL_INTERVAL_MS);
    }
  };
  await Promise.all([system.submit(jobs), checkAnswers(jobs.map(jobId)), allLogged()]);
  const time = performance.now() - started;
  if (system.deletesLate) await wait(SETTLE_MS);
  return (jobs.length / time) * 1_000;
}

/** Checks all answers and logs again at the end, because duplicates may come late. */
async function verify(
  { prefix }: System,
  jobs: readonly Job[],
  { s3, checkAnswers }: Servers,
): Promise<void> {
  await checkAnswers(jobs.map(jobId));
  const found = (await listKeys(s3.store, `${prefix}/logs/`)).map((key) => /(\d+)\.txt$/.exec(key)?.[1]);
  const logged = new Set(found);
  if (found.length !== jobs.length || !jobs.every((job) => logged.has(jobId(job))))
    throw new Error(`${prefix}: ${found.length} logs do not match ${jobs.length} jobs`);
}

function figuresOf(runs: readonly Run[]): Figure[] {
  const rates = (system: SystemName, delay: number): number[] =>
    runs.filter((run) => run.system === system && run.delay === delay).map(({ rate }) => rate);
  const compare = (one: SystemName, other: SystemName, delay: number, goal?: { atLeast: number }): Figure =>
    medianFigure(
      `${DISPLAY_NAMES[one]} ÷ ${DISPLAY_NAMES[other]}, ${delay} ms`,
      ratios(rates(one, delay), rates(other, delay)),
      "×",
      goal,
    );
  return [
    ...LOADS.flatMap(({ delay }) =>
      SYSTEMS.map((name) => medianFigure(`${DISPLAY_NAMES[name]}, ${delay} ms`, rates(name, delay), "/s")),
    ),
    compare("bullmq", "upperBound", 0, { atLeast: 0.85 }),
    compare("sqs", "upperBound", 0, { atLeast: 0.85 }),
    // The best that a worker with one thread could do on this machine.
    compare("upperBound", "loopOnRedis", 20),
    compare("upperBound", "loopOnSqs", 20),
    compare("bullmq", "loopOnRedis", 20, { atLeast: 50 }),
    compare("sqs", "loopOnSqs", 20, { atLeast: 50 }),
  ];
}

const DISPLAY_NAMES: Record<SystemName, string> = {
  upperBound: "upper bound",
  bullmq: "BullMQ",
  sqs: "SQS",
  loopOnRedis: "simple loop on Redis",
  loopOnSqs: "simple loop on SQS",
};
