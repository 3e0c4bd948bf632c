import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalDiscord, type LocalDiscord } from "../local-discord/src/start.ts";
import { startBot, type Bot } from "../src/bot/bot.ts";
import type { Commands } from "../src/commands/command.ts";
import { commands } from "../src/commands/index.ts";
import type { HotdogUploaders } from "../src/labeling/project-settings.ts";
import type { ImageOrder } from "../src/labeling/priority.ts";
import { imageChecker, type CheckImage } from "../src/images/check-image.ts";
import { decodingProcess } from "../src/images/decoding-process.ts";
import type { Observer } from "../src/process/health/metrics.ts";
import { memoryQueue } from "../src/queue/memory.ts";
import type { Consumer, JobQueue, JobSender } from "../src/queue/queue.ts";
import { diskStore } from "../src/object-store/disk.ts";
import { imageSet } from "../src/project/image-set.ts";
import { textCreator, type ObjectStore } from "../src/object-store/object-store.ts";
import { projectsIn } from "../src/project/projects.ts";
import { answers, type Answers } from "../src/worker/answers.ts";
import { startWorker } from "../src/worker/worker.ts";
import { PATIENT_LIMITS } from "./images/patient-limits.ts";
import { memoryLog, type MemoryLog } from "./memory-log.ts";
import { addPlainImages } from "./pictures.ts";

interface Options {
  /** The first four get the real part and may wrap it. */
  jobs?: (queue: JobQueue) => JobSender;
  commands?: (commands: Commands) => Commands;
  store?: (store: ObjectStore) => ObjectStore;
  answers?: (answers: Answers) => Answers;
  /** Defaults to a checker that all tests of a process share, because it starts slowly. "own" is the worker's default checker. */
  checkImage?: CheckImage | "own";
  /** Whether to start a worker. Without one, jobs stay in the queue until a test takes them. Defaults to true. */
  worker?: boolean;
  /** Number of concurrent jobs. Defaults to 16. */
  concurrency?: number;
  /** The image order of rounds without one. Defaults to random. */
  choose?: ImageOrder;
  /** Who may add images of hot dogs. Defaults to everyone. */
  hotdogUploads?: HotdogUploaders;
  /** Allowed CDN origins, in addition to the local Discord's. */
  cdnOrigins?: string[];
  /** The address of the folder of images, for exports. */
  imagesAt?: string;
  /** The guild's locale. Defaults to en-US. */
  preferredLocale?: string;
  observe?: Observer;
  privacyUrl?: string;
  /** The guild whose moderators look after the hot dogs. Defaults to the first guild. "unset" is the only guild, if there is one. */
  homeGuild?: "first" | "unset";
  /** How long `/label` must have shown an image before a press counts, in milliseconds. Defaults to 0: people in tests are fast. */
  minViewMs?: number;
  /** Whether Discord limits the rate of requests. Defaults to true. */
  rateLimits?: boolean;
}

/** Starts its processes only when the first file is checked. */
const sharedChecker = imageChecker(() => decodingProcess(PATIENT_LIMITS));

/** Suits slow machines. */
const WAIT_TIMEOUT_MS = 60_000;

export const LABELER_SECRET = "sixteen characters or more";

export interface HotdogBot extends MemoryLog, AsyncDisposable {
  discord: LocalDiscord;
  queue: JobQueue;
  store: ObjectStore;
  /** Adds images to the set and resolves with their names. */
  addImages(count: number): Promise<string[]>;
  /** Advances the clock of Discord and the worker. */
  advance(milliseconds: number): void;
  startWorker(): void;
  stopWorkers(): Promise<void>;
  stopBot(): Promise<void>;
  restartBot(): Promise<void>;
}

/** Starts the whole bot in a local Discord, put together as in `npm start`. */
export async function hotdogBot(options: Options = {}): Promise<HotdogBot> {
  const disposables = new AsyncDisposableStack();
  const memory = memoryLog();
  const { log } = memory;

  const folder = await mkdtemp(join(tmpdir(), "hotdog-bot-"));
  disposables.defer(() => rm(folder, { recursive: true }));
  const disk = await diskStore(folder);
  const store = options.store?.(disk) ?? disk;
  const discord = await startLocalDiscord({
    port: 0,
    preferredLocale: options.preferredLocale ?? "en-US",
    rateLimits: options.rateLimits ?? true,
    waitTimeout: WAIT_TIMEOUT_MS,
  });
  disposables.defer(() => discord.close());
  const access = { token: discord.botToken, api: discord.api };

  const queue = memoryQueue({ log, observe: options.observe, retryDelayMs: 5 });
  disposables.defer(() => queue.close());
  const workers: Consumer[] = [];
  disposables.defer(async () => void (await Promise.all(workers.map((worker) => worker.stop(1_000)))));
  const { checkImage = sharedChecker } = options;
  const real = answers({ ...access, now: discord.now, wait: async () => {} });
  function addWorker(): void {
    const worker = startWorker({
      queue,
      projects: projectsIn(store, {
        secret: LABELER_SECRET,
        log,
        observe: options.observe,
        now: discord.now,
        random: Math.random,
      }),
      createText: textCreator(store),
      answers: options.answers?.(real) ?? real,
      log,
      observe: options.observe,
      now: discord.now,
      checkImage: checkImage === "own" ? undefined : checkImage,
      concurrency: options.concurrency ?? 16,
      defaultOrder: options.choose ?? "random",
      hotdogUploads: options.hotdogUploads ?? "everyone",
      imagesAt: (prefix) => options.imagesAt?.replace(/images$/, `${prefix}images`),
      cdnOrigins: [discord.cdn, ...(options.cdnOrigins ?? [])],
    });
    workers.push(worker);
  }
  if (options.worker ?? true) addWorker();
  const start = (): Promise<Bot> =>
    startBot({
      ...access,
      commands: options.commands?.(commands) ?? commands,
      privacyUrl: options.privacyUrl,
      homeGuildId: options.homeGuild === "unset" ? undefined : discord.guildId,
      jobs: options.jobs?.(queue) ?? queue,
      observe: options.observe,
      minViewMs: options.minViewMs ?? 0,
      log,
    });
  let bot = await start();
  disposables.defer(() => bot.stop());

  return {
    discord,
    queue,
    store,
    ...memory,
    advance: (milliseconds) => discord.advance(milliseconds),
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
    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };
}
