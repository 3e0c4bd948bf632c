import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPlayground, type Playground } from "../playground/start.ts";
import { startBot } from "../src/bot/bot.ts";
import { commands } from "../src/commands/index.ts";
import type { Log } from "../src/log.ts";
import { memoryQueue } from "../src/queue/memory.ts";
import type { JobQueue, JobSender } from "../src/queue/queue.ts";
import { diskStore } from "../src/store/disk.ts";
import type { ObjectStore } from "../src/store/object-store.ts";
import { answers, type Answers } from "../src/worker/answers.ts";
import { startWorker } from "../src/worker/worker.ts";
import { memoryLog } from "./logged.ts";

interface Parts {
  /** Each gets the real part and may put something around it. */
  jobs?: (queue: JobQueue) => JobSender;
  store?: (store: ObjectStore) => ObjectStore;
  answers?: (answers: Answers) => Answers;
  /** Without a worker, jobs stay in the queue until a test takes them. */
  worker?: boolean;
}

export interface HotdogBot extends AsyncDisposable {
  playground: Playground;
  queue: JobQueue;
  store: ObjectStore;
  log: Log;
  logged(): string;
  /** Lets the time of Discord and worker go on, in milliseconds. */
  advance(by: number): void;
  startWorker(): void;
  stopBot(): Promise<void>;
}

/** The whole bot in the local Discord, as `npm start` puts it together. */
export async function hotdogBot(parts: Parts = {}): Promise<HotdogBot> {
  const opened = new AsyncDisposableStack();
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const { log, logged } = memoryLog();

  const folder = await mkdtemp(join(tmpdir(), "hotdog-bot-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const disk = await diskStore(folder);
  const store = parts.store?.(disk) ?? disk;
  const playground = await startPlayground({ port: 0, now });
  opened.defer(() => playground.close());
  const discord = { token: playground.botToken, api: playground.api };

  const queue = memoryQueue({ log, firstDelay: 5 });
  opened.defer(() => queue.close());
  const real = answers({ ...discord, now });
  function start(): void {
    const worker = startWorker({
      queue,
      store,
      answers: parts.answers?.(real) ?? real,
      log,
      concurrency: 16,
    });
    opened.defer(() => worker.stop(1_000));
  }
  if (parts.worker ?? true) start();
  const bot = await startBot({ ...discord, commands, jobs: parts.jobs?.(queue) ?? queue, log });
  opened.defer(() => bot.stop());

  return {
    playground,
    queue,
    store,
    log,
    logged,
    advance: (by) => void (ahead += by),
    startWorker: start,
    stopBot: () => bot.stop(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
