import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { KEY_PREFIX, QUEUE_NAME } from "../src/queue/bullmq/job-queue.ts";
import { startRedis } from "../test/redis/redis-server.ts";
import { startChild, type Child } from "./child.ts";
import { acknowledgementFigures, BOTS, type Measured } from "./acknowledgement-figures.ts";
import type { Figure } from "./report.ts";

const ROUNDS = 5;
/** Interactions a second, and for how many seconds. */
const LOADS = [
  { rate: 50, seconds: 0.8 },
  { rate: 200, seconds: 1.5 },
  { rate: 500, seconds: 0.5 },
] as const;
const WARM_UP = { rate: 500, seconds: 1.6 };
/** Milliseconds for what a bot does after its last acknowledgement. */
const PAUSE = 150;

const opened = z.object({ discord: z.int(), api: z.url(), cdn: z.url(), token: z.string() });
const told = z.object({
  /** Milliseconds. */
  latencies: z.array(z.number()),
  /** Callbacks that were not accepted. */
  late: z.number(),
  /** Milliseconds that the local Discords' process took. */
  cpu: z.number(),
});

/**
 * From an INTERACTION_CREATE that the local Discord sends until the callback comes back to it, seen there by one clock; for the bot
 * in a process of its own, whose jobs Redis takes (BullMQ; no worker is there), and for a client of discord.js with the same
 * intents that only acknowledges. Three presses to one `/stats` by 100 people, at fixed times, whether earlier ones are
 * acknowledged or not. Both have a local Discord of their own, in one process, and are measured in turns.
 */
export async function acknowledgement(): Promise<Figure[]> {
  await using resources = new AsyncDisposableStack();
  const redis = resources.use(await startRedis());
  const crowd = resources.use(startChild("crowd-process.ts"));
  const start = async (script: string, args: string[] = []): Promise<Bot> => {
    const { discord, api, token } = opened.parse(await crowd.ask({ open: true }));
    const settings = { DISCORD_API: api, DISCORD_TOKEN: token, QUEUE_URL: redis.url() };
    return { discord, process: resources.use(startChild(script, { settings, args })), crowd };
  };
  const bots = {
    bare: await start("bare-process.ts"),
    ours: await start("watched-process.ts", ["../src/bot/main.ts"]),
  };
  let warmedUp = 0;
  for (const bot of BOTS) warmedUp = (await measure(bots[bot], WARM_UP)).accepted;
  const outcomes: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const load of LOADS) {
      for (const bot of round % 2 === 1 ? BOTS.toReversed() : BOTS)
        outcomes.push({ bot, rate: load.rate, ...(await measure(bots[bot], load)) });
    }
  }
  const accepted = outcomes.reduce((sum, one) => sum + (one.bot === "ours" ? one.accepted : 0), warmedUp);
  const queued = await redis.look().llen(`${KEY_PREFIX}:${QUEUE_NAME}:wait`);
  if (queued !== accepted) throw new Error(`${accepted} interactions were acknowledged and ${queued} queued`);
  return acknowledgementFigures(outcomes);
}

interface Bot {
  /** Number of its local Discord. */
  discord: number;
  process: Child;
  crowd: Child;
}

interface Load {
  rate: number;
  seconds: number;
}

async function measure(
  { discord, process, crowd }: Bot,
  { rate, seconds }: Load,
): Promise<Omit<Measured, "bot" | "rate">> {
  const count = rate * seconds;
  const before = z.number().parse(await process.ask("cpu"));
  const { latencies, late, cpu } = told.parse(await crowd.ask({ discord, rate, count }));
  await wait(PAUSE);
  const used = z.number().parse(await process.ask("cpu")) - before;
  return {
    latencies,
    accepted: count - late,
    late,
    cpu: used / count,
    discordCpu: cpu / count,
  };
}
