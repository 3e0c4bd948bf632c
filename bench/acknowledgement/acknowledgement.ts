import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { KEY_PREFIX, QUEUE_NAME } from "../../src/queue/bullmq/job-queue.ts";
import { startRedis } from "../../test/redis/redis-server.ts";
import { startChild, startMeasured, type Child } from "../harness/child.ts";
import type { Figure } from "../harness/figures.ts";
import { roundOrder } from "../harness/interleave.ts";
import { acknowledgementFigures, BOTS, type BotName, type Measurement } from "./figures.ts";

const ROUNDS = 4;

interface Load {
  /** Interactions per second. */
  rate: number;
  seconds: number;
  /** Whether both bots are measured at the same time, or one after the other. */
  simultaneous: boolean;
}

/** At the highest rate, both bots at once would saturate the local Discord. */
const LOADS: readonly Load[] = [
  { rate: 50, seconds: 0.8, simultaneous: true },
  { rate: 200, seconds: 2.5, simultaneous: true },
  { rate: 500, seconds: 0.8, simultaneous: false },
];
/** Long enough to compile everything, and for the bot's first major garbage collection. */
const WARM_UP: Load = { rate: 250, seconds: 7, simultaneous: true };
/** The share of first interactions that do not count: after a pause everything is slow. */
const WARM_UP_SHARE = 0.1;
/** Time for what a bot does after its last acknowledgement. */
const SETTLE_MS = 150;
/** V8's young generation in the process of the local Discords: large enough to avoid garbage collection during a measurement. */
const YOUNG_GENERATION_MB = 256;

const connection = z.object({ discord: z.int(), api: z.url(), cdn: z.url(), token: z.string() });
const crowdResults = z.array(
  z.object({
    /** Milliseconds. */
    latencies: z.array(z.number()),
    /** Number of callbacks that were refused. */
    late: z.number(),
    /** CPU milliseconds of the local Discords' process. */
    cpu: z.number(),
  }),
);

/**
 * Measures the time from an INTERACTION_CREATE that the local Discord sends until the callback arrives there, by one clock. It compares
 * the bot in a separate process, whose jobs go to Redis (BullMQ, without a worker), with a discord.js client of the same intents
 * that only acknowledges. 201 people send three presses to one `/stats` at fixed times, whether or not earlier ones are acknowledged.
 *
 * Each bot has its own local Discord; both are in one process. At 50 and 200 per second the bots are measured at the same time,
 * so that a pause of the machine affects both.
 */
export async function acknowledgement(): Promise<Figure[]> {
  await using disposables = new AsyncDisposableStack();
  const redis = disposables.use(await startRedis());
  const flags = ["min", "max"].map((bound) => `--${bound}-semi-space-size=${YOUNG_GENERATION_MB}`);
  const crowd = disposables.use(
    startChild(new URL("../servers/crowd-process.ts", import.meta.url), { flags }),
  );
  const start = async (path: string): Promise<Bot> => {
    const { discord, api, token } = connection.parse(await crowd.ask({ open: true }));
    const settings = { DISCORD_API: api, DISCORD_TOKEN: token, QUEUE_URL: redis.url() };
    return { discord, process: disposables.use(startMeasured(new URL(path, import.meta.url), settings)) };
  };
  const bots = {
    bare: await start("../harness/bare-client-process.ts"),
    bot: await start("../../src/bot/main.ts"),
  };
  const measureLoads = async (loads: readonly Load[], order: readonly BotName[]): Promise<Measurement[]> => {
    const measurements: Measurement[] = [];
    for (const { simultaneous, ...load } of loads) {
      for (const names of simultaneous ? [order] : order.map((name) => [name]))
        measurements.push(...(await measure(names, { bots, crowd, ...load })));
    }
    return measurements;
  };
  const warmUp = await measureLoads([WARM_UP], BOTS);
  const measurements: Measurement[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    measurements.push(...(await measureLoads(LOADS, roundOrder(BOTS, round))));
  const accepted = [...warmUp, ...measurements].reduce(
    (sum, { bot, accepted }) => sum + (bot === "bot" ? accepted : 0),
    0,
  );
  const queued = await redis.look().llen(`${KEY_PREFIX}:${QUEUE_NAME}:wait`);
  if (queued !== accepted)
    throw new Error(`${accepted} interactions were acknowledged, but ${queued} queued`);
  return acknowledgementFigures(measurements);
}

interface Bot {
  /** Number of its local Discord. */
  discord: number;
  process: Child;
}

interface Setup extends Pick<Load, "rate" | "seconds"> {
  bots: Readonly<Record<BotName, Bot>>;
  crowd: Child;
}

async function measure(
  names: readonly BotName[],
  { bots, crowd, rate, seconds }: Setup,
): Promise<Measurement[]> {
  const count = rate * seconds;
  const cpuTimes = (): Promise<number[]> =>
    Promise.all(names.map(async (name) => z.number().parse(await bots[name].process.ask("cpu"))));
  const before = await cpuTimes();
  const discords = names.map((name) => bots[name].discord);
  const results = crowdResults.parse(await crowd.ask({ discords, rate, count }));
  await wait(SETTLE_MS);
  const after = await cpuTimes();
  return results.map(({ latencies, late, cpu }, index) => ({
    bot: names[index] ?? "bare",
    rate,
    latencies: latencies.slice(Math.round(count * WARM_UP_SHARE)),
    accepted: count - late,
    late,
    cpu: ((after[index] ?? Number.NaN) - (before[index] ?? Number.NaN)) / count,
    discordCpu: cpu / count,
  }));
}
