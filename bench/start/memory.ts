import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { diskStore } from "../../src/object-store/disk.ts";
import { startRedis } from "../../test/redis/redis-server.ts";
import { startChild, type Child } from "../harness/child.ts";
import { settingsIn } from "./npm-start.ts";
import { LABELED_IMAGE } from "../samples/press-jobs.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { memoryUsage, type MemoryUsage } from "../harness/process-usage.ts";

/** Memory is measured after this many interactions, and after as many again. */
const INTERACTIONS = 5_000;
/** Number of unanswered interactions at any time. */
const CONCURRENCY = 32;
/** Time after the last answer for cleanups that run once a second. */
const SETTLE_MS = 1_100;
const MIB = 1024 * 1024;

const PROCESSES = ["bot", "worker"] as const;
type MemoryOfEach = Record<(typeof PROCESSES)[number], MemoryUsage>;

const connection = z.object({ discord: z.int(), api: z.url(), cdn: z.url(), token: z.string() });

/**
 * Measures the memory of bot and worker in separate processes with Redis between them, idle and after answered interactions of 201
 * people (three presses to one `/stats`). It does not use `npm start`, whose process includes the local Discord, which keeps every
 * message.
 *
 * Leaks show only after garbage collection, because uncollected garbage makes resident memory vary by 50 MiB. Memory is compared after
 * 5,000 and after 10,000 interactions, when code is compiled and caches are full, so that only leaks still grow. Objects show a few
 * bytes; resident memory includes native libraries. The worker keeps the id of each press, 72 bytes, in a cache that is full after
 * 600,000 (src/append-log/closed-parts.ts).
 */
export async function memoryFigures(folder: string): Promise<Figure[]> {
  await using resources = new AsyncDisposableStack();
  const { measure, work } = await startProcesses(resources, folder);
  // Makes sure that both are connected and have loaded everything.
  await work(1);
  const idle = await measure();
  await work(INTERACTIONS);
  const before = await measure();
  await work(INTERACTIONS);
  const after = await measure();
  return PROCESSES.flatMap((name) => [
    medianFigure(`memory of the ${name}, idle`, [idle[name].rss / MIB], "MiB"),
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
  ]);
}

interface Processes {
  /** Resolves when this many interactions are answered. */
  work: (count: number) => Promise<void>;
  measure: () => Promise<MemoryOfEach>;
}

async function startProcesses(resources: AsyncDisposableStack, folder: string): Promise<Processes> {
  const redis = resources.use(await startRedis());
  const crowd = resources.use(startChild(new URL("../servers/crowd-process.ts", import.meta.url)));
  const { discord, api, cdn, token } = connection.parse(await crowd.ask({ open: true }));
  const store = await diskStore(join(folder, "data"));
  await store.put(`images/${LABELED_IMAGE}`, Buffer.from("an image"));
  const settings = {
    ...settingsIn(folder),
    DISCORD_API: api,
    DISCORD_CDN_ORIGINS: cdn,
    DISCORD_TOKEN: token,
    QUEUE_URL: redis.url(),
  };
  const run = (main: URL): Child =>
    resources.use(
      startChild(new URL("../harness/measured-process.ts", import.meta.url), { settings, args: [main.href] }),
    );
  const bot = run(new URL("../../src/bot/main.ts", import.meta.url));
  const worker = run(new URL("../../src/worker/main.ts", import.meta.url));

  return {
    async work(count: number): Promise<void> {
      await crowd.ask({ discord, count, concurrency: CONCURRENCY });
      await wait(SETTLE_MS);
    },
    async measure(): Promise<MemoryOfEach> {
      return {
        bot: memoryUsage.parse(await bot.ask("memory")),
        worker: memoryUsage.parse(await worker.ask("memory")),
      };
    },
  };
}
