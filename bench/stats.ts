import { setTimeout as wait } from "node:timers/promises";
import { jobId, type Job } from "../src/jobs/job.ts";
import { byTurns } from "./by-turns.ts";
import { keysIn } from "./kept.ts";
import { figureOf, ratios, type Figure } from "./report.ts";
import { startServers, type Servers } from "./stats-servers.ts";
import { openWays, WAYS, type Way, type Ways } from "./stats-ways.ts";

/** Until the compiler has seen all of it. */
const WARM_UP = 500;
/** For those that do one job after the other. */
const FEW = 10;

/**
 * Milliseconds that an exchange of bytes with Discord, S3, SQS or Redis takes at the least, jobs at a time, and rounds: where each
 * takes long, the beginning and the end, when not all places are taken, would weigh much among few; where none does, all is over in
 * a second, of which a pause of the machine's takes a large part, so that it takes more rounds.
 */
const LOADS = [
  { delay: 0, jobs: 1_000, rounds: 9 },
  { delay: 20, jobs: 800, rounds: 5 },
] as const;
const ROUNDS = Math.max(...LOADS.map(({ rounds }) => rounds));
/** Milliseconds between looks whether all logs are there. */
const GLANCE = 5;
/** Milliseconds for all that are measured at once; more is a hang. */
const PATIENCE = 60_000;
/** Milliseconds for deleting from the queue what is done, so that it does not run into what is measured next. */
const PAUSE = 100;

interface Measured {
  name: keyof Ways;
  delay: number;
  /** Jobs. */
  perSecond: number;
}

/**
 * `/stats` from the bot's sending the job to the answer in the local Discord and the log in the store, about a thousand at once through
 * BullMQ and through SQS; against the two calls of each job alone, as many at a time (limit), and against one loop that does one
 * job after the other (seed). All go through a proxy that makes each exchange of a worker take longer, or not.
 *
 * On two cores the servers, the proxy and the sender take about half of what there is, and the worker, which has one thread, the
 * other: the figures say how ways compare, and little of how many jobs a worker does on a machine of its own.
 */
export async function stats(): Promise<Figure[]> {
  await using opened = new AsyncDisposableStack();
  const servers = await startServers(opened);
  const jobs = await servers.ask(jobsInAll());
  const ways = await openWays(opened, servers);
  const done = new Map<Way, Job[]>(WAYS.map((way) => [ways[way], []]));

  async function measure(name: keyof Ways, many: number): Promise<number> {
    const way = ways[name];
    const lot = jobs.splice(0, isLoop(name) ? FEW : many);
    done.get(way)?.push(...lot);
    return perSecond(way, lot, servers);
  }

  for (const name of WAYS) await measure(name, WARM_UP);
  const measured: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { delay, jobs } of LOADS.filter(({ rounds }) => round < rounds)) {
      await servers.setDelay(delay);
      for (const name of byTurns(WAYS, round))
        measured.push({ name, delay, perSecond: await measure(name, jobs) });
    }
  }
  for (const [way, lot] of done) await checkAll(way, lot, servers);
  return figuresOf(measured);
}

function jobsInAll(): number {
  const many = LOADS.reduce((sum, { jobs, rounds }) => sum + rounds * jobs, WARM_UP);
  const few = LOADS.reduce((sum, { rounds }) => sum + rounds * FEW, FEW);
  return WAYS.reduce((sum, name) => sum + (isLoop(name) ? few : many), 0);
}

function isLoop(name: keyof Ways): boolean {
  return name === "seedOnRedis" || name === "seedOnSqs";
}

async function perSecond(way: Way, jobs: readonly Job[], { s3, checkAnswers }: Servers): Promise<number> {
  await way.prepare?.(jobs);
  const { objects } = await s3.traffic();
  const started = performance.now();
  const logged = async (): Promise<void> => {
    while ((await s3.traffic()).objects < objects + jobs.length) {
      if (performance.now() - started > PATIENCE) throw new Error(`${way.prefix}: logs are missing`);
      await wait(GLANCE);
    }
  };
  await Promise.all([way.start(jobs), checkAnswers(jobs.map(jobId)), logged()]);
  const time = performance.now() - started;
  await wait(PAUSE);
  return (jobs.length / time) * 1_000;
}

/** Once more when everything is over, as what is done twice may come late. */
async function checkAll({ prefix }: Way, jobs: readonly Job[], { s3, checkAnswers }: Servers): Promise<void> {
  await checkAnswers(jobs.map(jobId));
  const found = (await keysIn(s3.store, `${prefix}/logs/`)).map((key) => /(\d+)\.txt$/.exec(key)?.[1]);
  const logged = new Set(found);
  if (found.length !== jobs.length || !jobs.every((job) => logged.has(jobId(job))))
    throw new Error(`${prefix}: ${jobs.length} jobs have left ${found.length} logs, or others`);
}

function figuresOf(measured: readonly Measured[]): Figure[] {
  const rate = (name: keyof Ways, delay: number): number[] =>
    measured.filter((one) => one.name === name && one.delay === delay).map(({ perSecond }) => perSecond);
  const ratio = (of: keyof Ways, to: keyof Ways, delay: number): number[] =>
    ratios(rate(of, delay), rate(to, delay));
  const rates = LOADS.flatMap(({ delay }) =>
    WAYS.map((name) => figureOf(`${NAMES[name]}, ${delay} ms`, rate(name, delay), "/s")),
  );
  return [
    ...rates,
    figureOf("BullMQ ÷ limit, 0 ms", ratio("bullmq", "limit", 0), "×", { atLeast: 0.8 }),
    figureOf("SQS ÷ limit, 0 ms", ratio("sqs", "limit", 0), "×", { atLeast: 0.6 }),
    // No worker of one thread gets further than that, on this machine.
    figureOf("limit ÷ seed on Redis, 20 ms", ratio("limit", "seedOnRedis", 20), "×"),
    figureOf("limit ÷ seed on SQS, 20 ms", ratio("limit", "seedOnSqs", 20), "×"),
    figureOf("BullMQ ÷ seed on Redis, 20 ms", ratio("bullmq", "seedOnRedis", 20), "×", { atLeast: 50 }),
    figureOf("SQS ÷ seed on SQS, 20 ms", ratio("sqs", "seedOnSqs", 20), "×", { atLeast: 50 }),
  ];
}

const NAMES: Record<keyof Ways, string> = {
  limit: "limit",
  bullmq: "BullMQ",
  sqs: "SQS",
  seedOnRedis: "seed on Redis",
  seedOnSqs: "seed on SQS",
};
