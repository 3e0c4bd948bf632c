import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalDiscord, type LocalDiscord } from "../local-discord/src/start.ts";
import { startBot, type Bot } from "../src/bot/bot.ts";
import type { Commands } from "../src/commands/command.ts";
import { commands } from "../src/commands/index.ts";
import type { ImageOrder } from "../src/labeling/priority.ts";
import { imageChecker, type CheckImage } from "../src/images/check-image.ts";
import type { Observer } from "../src/process/health/metrics.ts";
import type { Log } from "../src/platform/log.ts";
import { memoryQueue } from "../src/queue/memory.ts";
import type { Consumer, JobQueue, JobSender } from "../src/queue/queue.ts";
import { diskStore } from "../src/object-store/disk.ts";
import { imageSet } from "../src/project/image-set.ts";
import { textCreator, type ObjectStore } from "../src/object-store/object-store.ts";
import { HOTDOG_PREFIX, project } from "../src/project/project.ts";
import { hotdogKeys } from "../src/project/pseudonyms.ts";
import { answers, type Answers } from "../src/worker/answers.ts";
import { startWorker } from "../src/worker/worker.ts";
import { memoryLog } from "./logged.ts";
import { addPlainImages } from "./pictures.ts";

interface Parts {
  /** Each function gets the real part and may wrap it. */
  jobs?: (queue: JobQueue) => JobSender;
  commands?: (commands: Commands) => Commands;
  store?: (store: ObjectStore) => ObjectStore;
  answers?: (answers: Answers) => Answers;
  /** By default one that all bots of a test process share, because starting it takes longer than most tests; "own": the worker's. */
  checkImage?: CheckImage | "own";
  /** Whether to start a worker; true by default. Without one, jobs stay in the queue. */
  worker?: boolean;
  /** Jobs that the worker runs at a time; 16 by default. */
  concurrency?: number;
  /** How rounds choose images unless the person says; random by default. */
  choose?: ImageOrder;
  /** Origins of attachments, in addition to the local Discord's. */
  cdnOrigins?: string[];
  /** The public address of the folder of the images. */
  imagesAt?: string;
  /** The guild's preferred locale. */
  preferredLocale?: string;
  observe?: Observer;
  privacyUrl?: string;
  /** Whether the local Discord limits the rate of requests; true by default. */
  rateLimits?: boolean;
}

/** Starts its processes for the first file. */
const sharedChecker = imageChecker();

export const LABELER_SECRET = "sixteen characters or more";

export interface HotdogBot extends AsyncDisposable {
  discord: LocalDiscord;
  queue: JobQueue;
  store: ObjectStore;
  log: Log;
  logged(): string;
  /** Adds images to the set. @returns their names */
  addImages(count: number): Promise<string[]>;
  /** Advances the clock of Discord and the worker, in milliseconds. */
  advance(by: number): void;
  startWorker(): void;
  stopWorkers(): Promise<void>;
  stopBot(): Promise<void>;
  restartBot(): Promise<void>;
}

/** The whole bot in the local Discord, wired as in `npm start`. */
export async function hotdogBot(parts: Parts = {}): Promise<HotdogBot> {
  const opened = new AsyncDisposableStack();
  const { log, logged } = memoryLog();

  const folder = await mkdtemp(join(tmpdir(), "hotdog-bot-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const disk = await diskStore(folder);
  const store = parts.store?.(disk) ?? disk;
  const discord = await startLocalDiscord({
    port: 0,
    preferredLocale: parts.preferredLocale ?? "en-US",
    rateLimits: parts.rateLimits ?? true,
  });
  opened.defer(() => discord.close());
  const access = { token: discord.botToken, api: discord.api };

  const queue = memoryQueue({ log, observe: parts.observe, retryDelayMs: 5 });
  opened.defer(() => queue.close());
  const workers: Consumer[] = [];
  opened.defer(async () => void (await Promise.all(workers.map((worker) => worker.stop(1_000)))));
  const { checkImage = sharedChecker } = parts;
  const real = answers({ ...access, now: discord.now, wait: async () => {} });
  function addWorker(): void {
    const worker = startWorker({
      queue,
      project: project(store, HOTDOG_PREFIX, {
        keys: hotdogKeys(LABELER_SECRET),
        log,
        observe: parts.observe,
        now: Date.now,
        random: Math.random,
      }),
      createText: textCreator(store),
      answers: parts.answers?.(real) ?? real,
      log,
      observe: parts.observe,
      checkImage: checkImage === "own" ? undefined : checkImage,
      concurrency: parts.concurrency ?? 16,
      choose: parts.choose ?? "random",
      imagesAt: parts.imagesAt,
      cdnOrigins: [discord.cdn, ...(parts.cdnOrigins ?? [])],
    });
    workers.push(worker);
  }
  if (parts.worker ?? true) addWorker();
  const start = (): Promise<Bot> =>
    startBot({
      ...access,
      commands: parts.commands?.(commands) ?? commands,
      privacyUrl: parts.privacyUrl,
      jobs: parts.jobs?.(queue) ?? queue,
      observe: parts.observe,
      log,
    });
  let bot = await start();
  opened.defer(() => bot.stop());

  return {
    discord,
    queue,
    store,
    log,
    logged,
    advance: (by) => discord.advance(by),
    addImages: (count) => addPlainImages(imageSet(store), count),
    startWorker: addWorker,
    async stopWorkers() {
      await Promise.all(workers.splice(0).map((worker) => worker.stop(1_000)));
    },
    stopBot: () => bot.stop(),
    async restartBot() {
      await bot.stop();
      bot = await start();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
