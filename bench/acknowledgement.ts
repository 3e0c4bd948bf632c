import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { KEY_PREFIX, QUEUE_NAME } from "../src/queue/bullmq/job-queue.ts";
import { startRedis } from "../test/redis/redis-server.ts";
import { byTurns } from "./by-turns.ts";
import { startChild, type Child } from "./child.ts";
import { acknowledgementFigures, BOTS, type BotName, type Measured } from "./acknowledgement-figures.ts";
import type { Figure } from "./report.ts";

const ROUNDS = 5;
/** Interactions a second, and for how many seconds. At the highest rate both together would have the local Discord used up. */
const LOADS: readonly Load[] = [
  { rate: 50, seconds: 0.8, together: true },
  { rate: 200, seconds: 4, together: true },
  { rate: 500, seconds: 0.8, together: false },
];
/** Until the compilers have seen all of it, and the bot's first great garbage collection is over. */
const WARM_UPS: readonly Load[] = [
  { rate: 500, seconds: 2.6, together: false },
  { rate: 200, seconds: 4, together: true },
];
/** Of what is sent, this share comes first and is not counted: after a pause everything is slow. */
const NOT_COUNTED = 0.1;
/** Milliseconds for what a bot does after its last acknowledgement. */
const PAUSE = 150;
/** Megabytes for what is new in the memory of the local Discords, so that they collect no garbage in the midst of it. */
const NEW_OBJECTS = 256;

const opened = z.object({ discord: z.int(), api: z.url(), cdn: z.url(), token: z.string() });
const told = z.array(
  z.object({
    /** Milliseconds. */
    latencies: z.array(z.number()),
    /** Callbacks that were not accepted. */
    late: z.number(),
    /** Milliseconds that the local Discords' process took. */
    cpu: z.number(),
  }),
);

/**
 * From an INTERACTION_CREATE that the local Discord sends until the callback comes back to it, seen there by one clock; for the bot
 * in a process of its own, whose jobs Redis takes (BullMQ; no worker is there), and for a client of discord.js with the same
 * intents that only acknowledges. Three presses to one `/stats` by 200 people, at fixed times, whether earlier ones are
 * acknowledged or not. Both have a local Discord of their own, in one process. They are measured at the same time, so that a pause
 * of the machine's meets both, and the ratio is that of the same seconds; at 500 a second, in turns.
 */
export async function acknowledgement(): Promise<Figure[]> {
  await using resources = new AsyncDisposableStack();
  const redis = resources.use(await startRedis());
  const flags = ["min", "max"].map((bound) => `--${bound}-semi-space-size=${NEW_OBJECTS}`);
  const crowd = resources.use(startChild("crowd-process.ts", { flags }));
  const start = async (script: string, args: string[] = []): Promise<Bot> => {
    const { discord, api, token } = opened.parse(await crowd.ask({ open: true }));
    const settings = { DISCORD_API: api, DISCORD_TOKEN: token, QUEUE_URL: redis.url() };
    return { discord, process: resources.use(startChild(script, { settings, args })) };
  };
  const bots = {
    bare: await start("bare-process.ts"),
    ours: await start("watched-process.ts", ["../src/bot/main.ts"]),
  };
  const measure = async (loads: typeof LOADS, inOrder: readonly BotName[]): Promise<Measured[]> => {
    const outcomes: Measured[] = [];
    for (const { together, ...load } of loads) {
      for (const names of together ? [inOrder] : inOrder.map((name) => [name]))
        outcomes.push(...(await measured(names, { bots, crowd, ...load })));
    }
    return outcomes;
  };
  const warmUp = await measure(WARM_UPS, BOTS);
  const outcomes: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    outcomes.push(...(await measure(LOADS, byTurns(BOTS, round))));
  const accepted = [...warmUp, ...outcomes].reduce(
    (sum, { bot, accepted }) => sum + (bot === "ours" ? accepted : 0),
    0,
  );
  const queued = await redis.look().llen(`${KEY_PREFIX}:${QUEUE_NAME}:wait`);
  if (queued !== accepted) throw new Error(`${accepted} interactions were acknowledged and ${queued} queued`);
  return acknowledgementFigures(outcomes);
}

interface Bot {
  /** Number of its local Discord. */
  discord: number;
  process: Child;
}

interface Load {
  rate: number;
  seconds: number;
  /** Both bots at once, and not one after the other. */
  together: boolean;
}

interface Site extends Pick<Load, "rate" | "seconds"> {
  bots: Readonly<Record<BotName, Bot>>;
  crowd: Child;
}

async function measured(
  names: readonly BotName[],
  { bots, crowd, rate, seconds }: Site,
): Promise<Measured[]> {
  const count = rate * seconds;
  const cpuTimes = (): Promise<number[]> =>
    Promise.all(names.map(async (name) => z.number().parse(await bots[name].process.ask("cpu"))));
  const before = await cpuTimes();
  const discords = names.map((name) => bots[name].discord);
  const outcomes = told.parse(await crowd.ask({ discords, rate, count }));
  await wait(PAUSE);
  const after = await cpuTimes();
  return outcomes.map(({ latencies, late, cpu }, place) => ({
    bot: names[place] ?? "bare",
    rate,
    latencies: latencies.slice(Math.round(count * NOT_COUNTED)),
    accepted: count - late,
    late,
    cpu: ((after[place] ?? Number.NaN) - (before[place] ?? Number.NaN)) / count,
    discordCpu: cpu / count,
  }));
}
