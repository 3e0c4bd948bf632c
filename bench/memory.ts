import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { diskStore } from "../src/object-store/disk.ts";
import { startRedis } from "../test/redis/redis-server.ts";
import { startChild, type Child } from "./child.ts";
import { settingsIn } from "./newcomer.ts";
import { labeledImage } from "./press-jobs.ts";
import { figureOf, type Figure } from "./report.ts";
import { memory, type Memory } from "./used.ts";

/** After so many memory is looked at, and after as many again. */
const INTERACTIONS = 5_000;
/** Interactions that are not answered yet, at a time. */
const AT_A_TIME = 32;
/** Milliseconds after the last answer, for what is tidied up once a second. */
const PAUSE = 1_100;
const MIB = 1024 * 1024;

const PROCESSES = ["bot", "worker"] as const;
type Look = Record<(typeof PROCESSES)[number], Memory>;

const opened = z.object({ discord: z.int(), api: z.url(), cdn: z.url(), token: z.string() });

/**
 * The memory of bot and worker, in a process each and with Redis between them, idle and after interactions of 200 people that
 * were all answered: three presses to one `/stats`. Not of `npm start`, since the local Discord, which is in the same process there,
 * keeps all that was ever said.
 *
 * Whether anything leaks shows only in what is left when garbage has been collected: what is resident otherwise went up and down
 * by 50 MiB with garbage. It is looked at when all is warm, after 5,000 and after 10,000 interactions: compiled code and caches that
 * are full stay as they are, and a leak goes on. Looked at are objects, where a few bytes show, and resident memory, which has all,
 * also that of native libraries. Of a press the worker keeps the id, 72 bytes, in a cache that would be full after 600,000
 * (src/append-log/closed-parts.ts).
 */
export async function memoryFigures(folder: string): Promise<Figure[]> {
  await using resources = new AsyncDisposableStack();
  const { look, work } = await startProcesses(resources, folder);
  // So that both have everything loaded, and are connected.
  await work(1);
  const idle = await look();
  await work(INTERACTIONS);
  const before = await look();
  await work(INTERACTIONS);
  const after = await look();
  return PROCESSES.flatMap((name) => [
    figureOf(`memory of the ${name}, idle`, [idle[name].rss / MIB], "MiB"),
    figureOf(`memory of the ${name} after ${2 * INTERACTIONS} interactions`, [after[name].rss / MIB], "MiB"),
    figureOf(
      `memory of the ${name} without garbage, after ${2 * INTERACTIONS} ÷ after ${INTERACTIONS}`,
      [after[name].kept / before[name].kept],
      "×",
      { atMost: 1.1 },
    ),
    figureOf(
      `objects of the ${name}, growth an interaction`,
      [(after[name].objects - before[name].objects) / INTERACTIONS],
      "bytes",
      { atMost: 200 },
    ),
  ]);
}

interface Processes {
  /** Resolves when so many interactions are answered. */
  work: (count: number) => Promise<void>;
  look: () => Promise<Look>;
}

async function startProcesses(resources: AsyncDisposableStack, folder: string): Promise<Processes> {
  const redis = resources.use(await startRedis());
  const crowd = resources.use(startChild("crowd-process.ts"));
  const { discord, api, cdn, token } = opened.parse(await crowd.ask({ open: true }));
  const store = await diskStore(join(folder, "data"));
  await store.put(`images/${labeledImage}`, Buffer.from("an image"));
  const settings = {
    ...settingsIn(folder),
    DISCORD_API: api,
    DISCORD_CDN_ORIGINS: cdn,
    DISCORD_TOKEN: token,
    QUEUE_URL: redis.url(),
  };
  const run = (main: string): Child =>
    resources.use(startChild("watched-process.ts", { settings, args: [main] }));
  const bot = run("../src/bot/main.ts");
  const worker = run("../src/worker/main.ts");

  return {
    async work(count: number): Promise<void> {
      await crowd.ask({ discord, count, atATime: AT_A_TIME });
      await wait(PAUSE);
    },
    async look(): Promise<Look> {
      return {
        bot: memory.parse(await bot.ask("memory")),
        worker: memory.parse(await worker.ask("memory")),
      };
    },
  };
}
