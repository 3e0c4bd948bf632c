import { execFile } from "node:child_process";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { diskStore } from "../../src/object-store/disk.ts";
import { startRedis } from "../../test/redis/redis-server.ts";
import { startChild, startMeasured, type Child } from "../harness/child.ts";
import { ROOT, settingsIn } from "./npm-start.ts";
import { LABELED_IMAGE } from "../samples/press-jobs.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { memoryUsage } from "../harness/memory-usage.ts";
import type { MemoryUsage } from "../harness/process-usage.ts";

/** Memory is measured after this many interactions, and after as many again. */
const INTERACTIONS = 4_000;
/** Number of unanswered interactions at any time. */
const CONCURRENCY = 32;
/** Time after the last answer for cleanups that run once a second. */
const SETTLE_MS = 1_100;
/** Time until a process counts as idle: bot and worker free the memory of their start after 5 to 10 s (src/platform/free-memory.ts). */
const IDLE_MS = 12_000;
const MIB = 1024 * 1024;
/** Discord demands sharding from this number on. */
const MANY_SERVERS = 2_500;

const MEASURED = ["bot", "worker"] as const;
type Measured = (typeof MEASURED)[number];
/** Goals for idle memory, in MiB. The bot has another: it is compared with a bare client. */
const GOALS = { bot: {}, worker: { atMost: 150 } } as const;

const connection = z.object({ discord: z.int(), api: z.url(), cdn: z.url(), token: z.string() });
type Discord = z.infer<typeof connection>;

/**
 * Starts processes whose memory the resulting function measures: that of bot and worker in separate processes with Redis between
 * them, idle and after answered interactions of 201 people (three presses to one `/stats`), of a bare discord.js client, idle, and of
 * a bot in 2,500 servers, idle. It does not use `npm start`, whose process includes the local Discord, which keeps every message.
 *
 * As in the container image, Node has compiled everything before; compiling takes 25 MiB, which the process keeps.
 *
 * Leaks show only after garbage collection, because uncollected garbage makes resident memory vary by 50 MiB. Memory is compared after
 * 4,000 and after 8,000 interactions, when code is compiled and caches are full, so that only leaks still grow. Objects show a few
 * bytes; resident memory includes native libraries. The worker keeps the id of each press, 72 bytes, in a cache that is full after
 * 600,000 (src/append-log/closed-parts.ts).
 *
 * @param disposables stops them when it is disposed of
 */
export async function startMemoryTest(
  disposables: AsyncDisposableStack,
  folder: string,
): Promise<() => Promise<Figure[]>> {
  const settings = settingsIn(folder);
  await compileEverything(settings);
  const processes = await startProcesses(disposables, folder, settings);
  // Makes sure that all are connected and have loaded everything.
  await processes.work(1);
  const idle = wait(IDLE_MS);
  return async () => {
    await idle;
    return await memoryFigures(processes);
  };
}

async function memoryFigures({ measure, work }: Processes): Promise<Figure[]> {
  const bare = await measure("bare");
  const idle = await measureBoth(measure);
  const inMany = await measure("botOfMany");
  await work(INTERACTIONS);
  const before = await measureBoth(measure);
  await work(INTERACTIONS);
  const after = await measureBoth(measure);
  return [
    medianFigure("memory of a bare discord.js client, idle", [bare.rss / MIB], "MiB"),
    medianFigure("memory of the bot ÷ bare client, idle", [idle.bot.rss / bare.rss], "×", { atMost: 1.4 }),
    medianFigure(`memory of the bot in ${MANY_SERVERS} servers, idle`, [inMany.rss / MIB], "MiB"),
    medianFigure("memory of the bot per server", [(inMany.rss - idle.bot.rss) / MANY_SERVERS / 1024], "KiB"),
    ...MEASURED.flatMap((name) => [
      medianFigure(`memory of the ${name}, idle`, [idle[name].rss / MIB], "MiB", GOALS[name]),
      medianFigure(
        `memory of the ${name} after ${2 * INTERACTIONS} interactions`,
        [after[name].rss / MIB],
        "MiB",
      ),
      medianFigure(
        `memory of the ${name} after GC, ${2 * INTERACTIONS} ÷ ${INTERACTIONS} interactions`,
        [after[name].afterGc / before[name].afterGc],
        "×",
        { atMost: 1.1 },
      ),
      medianFigure(
        `heap growth of the ${name}`,
        [(after[name].objects - before[name].objects) / INTERACTIONS],
        "bytes/interaction",
        { atMost: 200 },
      ),
    ]),
  ];
}

type Measure = (name: Measured | "bare" | "botOfMany") => Promise<MemoryUsage>;

async function measureBoth(measure: Measure): Promise<Record<Measured, MemoryUsage>> {
  return { bot: await measure("bot"), worker: await measure("worker") };
}

/** Fills the compile cache as the build of the container image does. */
async function compileEverything(settings: Record<string, string>): Promise<void> {
  const script = 'for (const file of fs.globSync("src/**/!(main).ts")) import("./" + file)';
  await promisify(execFile)(execPath, ["--eval", script], { cwd: ROOT, env: { ...env, ...settings } });
}

interface Processes {
  /** Resolves when the bot and the worker have answered this many interactions, and the bare client has acknowledged one. */
  work: (count: number) => Promise<void>;
  measure: Measure;
}

async function startProcesses(
  resources: AsyncDisposableStack,
  folder: string,
  settings: Record<string, string>,
): Promise<Processes> {
  const redis = resources.use(await startRedis());
  const crowd = resources.use(startChild(new URL("../servers/crowd-process.ts", import.meta.url)));
  const [real, other] = [await openDiscord(crowd), await openDiscord(crowd)];
  const large = await openDiscord(crowd, MANY_SERVERS);
  const store = await diskStore(join(folder, "data"));
  await store.put(`images/${LABELED_IMAGE}`, Buffer.from("an image"));
  const run = (path: string, { api, cdn, token }: Discord): Child =>
    resources.use(
      startMeasured(new URL(path, import.meta.url), {
        ...settings,
        DISCORD_API: api,
        DISCORD_CDN_ORIGINS: cdn,
        DISCORD_TOKEN: token,
        QUEUE_URL: redis.url(),
      }),
    );
  const processes = {
    bot: run("../../src/bot/main.ts", real),
    worker: run("../../src/worker/main.ts", real),
    bare: run("../harness/bare-client-process.ts", other),
    botOfMany: run("../../src/bot/main.ts", large),
  };

  return {
    async work(count: number): Promise<void> {
      await crowd.ask({ discord: real.discord, count, concurrency: CONCURRENCY });
      await crowd.ask({ discords: [other.discord], count: 1, rate: 1 });
      await wait(SETTLE_MS);
    },
    measure: async (name) => memoryUsage.parse(await processes[name].ask("memory")),
  };
}

async function openDiscord(crowd: Child, servers?: number): Promise<Discord> {
  return connection.parse(await crowd.ask({ open: true, servers }));
}
