import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll } from "vitest";
import { clientCommand, runClient } from "../../../src/cli/client/command.ts";
import { readClientConfig } from "../../../src/process/read-config.ts";
import { openReplySender } from "../../../src/queue/open-queue.ts";
import { bullmqQueue } from "../../../src/queue/bullmq/bullmq-queue.ts";
import type { JobQueue } from "../../../src/queue/queue.ts";
import type { ReplySender } from "../../../src/queue/reply.ts";
import { sqsQueue } from "../../../src/queue/sqs/sqs-queue.ts";
import type { QueueAddress } from "../../../src/queue/open-queue.ts";
import { diskStore } from "../../../src/object-store/disk.ts";
import { textCreator, type ObjectStore } from "../../../src/object-store/object-store.ts";
import { projectsIn } from "../../../src/project/projects.ts";
import { answers } from "../../../src/worker/answers.ts";
import { startWorker } from "../../../src/worker/worker.ts";
import { AWS_ENVIRONMENT } from "../../aws/sqs-queues.ts";
import { startSqsServer } from "../../aws/sqs-server.ts";
import { runProcess, type RunningProcess } from "../../end-to-end/process.ts";
import { memoryLog } from "../../memory-log.ts";
import { startRedis } from "../../redis/redis-server.ts";
import { memoryStreams } from "../../memory-streams.ts";
import { parsed } from "../parse.ts";

/** No server listens there: these workers answer clients only. */
const DISCORD = { token: "a.b.c", api: "http://127.0.0.1:1" };

interface Place {
  QUEUE_URL: string;
  REPLY_QUEUE_URL?: string;
}

interface Engine {
  engine: "sqs" | "bullmq";
  /** Creates queues that no other test uses. */
  newPlace(): Promise<Place>;
  openQueue(place: Place): Promise<JobQueue>;
}

export async function onSqs(opened: AsyncDisposableStack): Promise<Engine> {
  const server = await startSqsServer();
  opened.defer(() => server.close());
  const { log } = memoryLog();
  let places = 0;
  return {
    engine: "sqs",
    async newPlace() {
      const name = `jobs-${(places += 1)}`;
      return {
        QUEUE_URL: await server.createQueue(name),
        REPLY_QUEUE_URL: await server.createQueue(`${name}-replies`),
      };
    },
    openQueue: ({ QUEUE_URL }) =>
      sqsQueue(QUEUE_URL, {
        log,
        retryDelayMs: 0,
        visibilitySeconds: 8,
        pollWaitSeconds: 1,
        deadLetterWaitSeconds: 0,
      }),
  };
}

export async function onRedis(opened: AsyncDisposableStack): Promise<Engine> {
  const server = opened.use(await startRedis());
  const { log } = memoryLog();
  return {
    engine: "bullmq",
    newPlace: async () => ({ QUEUE_URL: server.url(server.nextDatabase()) }),
    openQueue: ({ QUEUE_URL }) => bullmqQueue(QUEUE_URL, { log, retryDelayMs: 0 }),
  };
}

export interface Ended {
  code: unknown;
  stdout: string;
  stderr: string;
}

export interface RunningClient {
  stdin: NodeJS.WritableStream;
  /** Output so far. */
  written: { stdout: string; stderr: string };
  ended: Promise<Ended>;
}

/** Runs `npm run client` in this process. Its input starts with `input`; a test may write more to `stdin`. */
export function startClient(settings: object, args: readonly string[], input = ""): RunningClient {
  const { written, streams } = memoryStreams("stdout", "stderr");
  const stdin = new PassThrough();
  stdin.write(input);
  const ended = runClient(parsed(clientCommand, args), {
    stdin,
    ...streams,
    onInterrupt: () => {},
    readConfig: () => readClientConfig({ ...settings }),
  }).then((code) => ({ code, ...written }));
  return { stdin, written, ended };
}

/** Runs `npm run client` as a child process, without input. */
export function startClientProcess(settings: object, args: readonly string[]): RunningProcess {
  return runProcess("src/cli/client/main.ts", { ...AWS_ENVIRONMENT, ...settings }, args);
}

/** Starts a worker as a child process, and waits until it takes jobs. */
export async function startWorkerProcess(place: Place, folder: string): Promise<RunningProcess> {
  const worker = runProcess("src/worker/main.ts", {
    ...AWS_ENVIRONMENT,
    ...place,
    DISCORD_TOKEN: DISCORD.token,
    DISCORD_API: DISCORD.api,
    STORE_URL: `file:${folder}`,
  });
  await worker.waitFor(/the worker takes jobs/);
  return worker;
}

interface Used {
  engine: Engine;
  folder: string;
  /** The store in that folder. */
  store: ObjectStore;
  /** Starts a worker in this process that retries jobs without a delay. */
  startWorker: (
    place: Place,
    around?: (replies: ReplySender | undefined) => ReplySender | undefined,
  ) => Promise<{ queue: JobQueue; logged: () => string }>;
}

/** Starts an engine before the tests, and closes it after them. */
export function useEngine(start: (opened: AsyncDisposableStack) => Promise<Engine>): () => Used {
  const opened = new AsyncDisposableStack();
  let used: Used;

  beforeAll(async () => {
    const engine = await start(opened);
    const folder = await mkdtemp(join(tmpdir(), "hotdog-client-"));
    opened.defer(() => rm(folder, { recursive: true, force: true }));
    const store = await diskStore(folder);

    async function startQuickWorker(
      at: Place,
      around: (replies: ReplySender | undefined) => ReplySender | undefined = (replies) => replies,
    ): Promise<{ queue: JobQueue; logged: () => string }> {
      const { log, logged } = memoryLog();
      const queue = await engine.openQueue(at);
      opened.defer(() => queue.close());
      const QUEUE_URL: QueueAddress = { engine: engine.engine, url: at.QUEUE_URL };
      const replies = await openReplySender({ ...at, QUEUE_URL }, { log });
      opened.defer(() => replies?.close());
      const consumer = startWorker({
        queue,
        projects: projectsIn(store, {
          secret: "sixteen characters or more",
          log,
          now: Date.now,
          random: Math.random,
        }),
        createText: textCreator(store),
        replies: around(replies),
        answers: answers({ ...DISCORD, now: Date.now }),
        cdnOrigins: [],
        defaultOrder: "random",
        hotdogUploads: "everyone",
        concurrency: 8,
        log,
      });
      opened.defer(() => consumer.stop(1_000));
      return { queue, logged };
    }

    used = { engine, folder, store, startWorker: startQuickWorker };
  });

  afterAll(() => opened.disposeAsync());

  return () => used;
}
