import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { openReplySender } from "../../src/open-queue.ts";
import { bullmqQueue } from "../../src/queue/bullmq.ts";
import type { JobQueue } from "../../src/queue/queue.ts";
import type { ReplySender } from "../../src/queue/reply.ts";
import { sqsQueue } from "../../src/queue/sqs.ts";
import type { QueueAddress } from "../../src/queue-address.ts";
import { diskStore } from "../../src/store/disk.ts";
import type { ObjectStore } from "../../src/store/object-store.ts";
import { answers } from "../../src/worker/answers.ts";
import { startWorker } from "../../src/worker/worker.ts";
import { AWS_ENVIRONMENT, startSqsServer } from "../aws/sqs-server.ts";
import { runProcess, type RunningProcess } from "../end-to-end/process.ts";
import { memoryLog } from "../logged.ts";
import { startRedis } from "../redis/redis-server.ts";

/** Nobody is there: these workers answer to clients alone. */
const DISCORD = { token: "a.b.c", api: "http://127.0.0.1:1" };

interface Place {
  QUEUE_URL: string;
  REPLY_QUEUE_URL?: string;
}

interface Engine {
  engine: "sqs" | "bullmq";
  /** Jobs and replies of their own. */
  newPlace(): Promise<Place>;
  openQueue(place: Place): Promise<JobQueue>;
}

async function onSqs(opened: AsyncDisposableStack): Promise<Engine> {
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
    openQueue: ({ QUEUE_URL }) => sqsQueue(QUEUE_URL, { log, firstDelay: 5, visibility: 2, waitTime: 1 }),
  };
}

async function onRedis(opened: AsyncDisposableStack): Promise<Engine> {
  const server = opened.use(await startRedis());
  const { log } = memoryLog();
  return {
    engine: "bullmq",
    newPlace: async () => ({ QUEUE_URL: server.url(server.nextDatabase()) }),
    openQueue: ({ QUEUE_URL }) => bullmqQueue(QUEUE_URL, { log, firstDelay: 5 }),
  };
}

export const ENGINES = [
  ["SQS", onSqs],
  ["Redis", onRedis],
] as const;

export interface Ended {
  code: unknown;
  stdout: string;
  stderr: string;
}

export interface RunningClient {
  child: RunningProcess;
  /** What it has written so far. */
  written: { stdout: string; stderr: string };
  ended: Promise<Ended>;
}

/** Runs `npm run client` with these words; without input it is at its end at once. */
export function startClient(
  opened: AsyncDisposableStack,
  settings: object,
  args: readonly string[],
  input?: string,
): RunningClient {
  const piped = input === undefined ? "ignore" : "pipe";
  const child = opened.use(
    runProcess("src/client/main.ts", { ...AWS_ENVIRONMENT, ...settings }, args, piped),
  );
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child.child[name]?.on("data", (data: Buffer) => (written[name] += data.toString()));
  child.child.stdin?.write(input ?? "");
  return { child, written, ended: child.exited.then((code) => ({ code, ...written })) };
}

interface Used {
  opened: AsyncDisposableStack;
  engine: Engine;
  /** Of the worker's process, which runs during all tests of the file. */
  place: Place;
  store: ObjectStore;
  worker: RunningProcess;
  /** A worker in this process that tries again soon. */
  startQuickWorker: (
    place: Place,
    around?: (replies: ReplySender | undefined) => ReplySender | undefined,
  ) => Promise<{ queue: JobQueue; logged: () => string }>;
}

/** A worker in a process of its own, and what else the tests of an engine use. */
export function useEngine(start: (opened: AsyncDisposableStack) => Promise<Engine>): () => Used {
  let used: Used;

  beforeAll(async () => {
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    const opened = new AsyncDisposableStack();
    const engine = await start(opened);
    const place = await engine.newPlace();
    const folder = await mkdtemp(join(tmpdir(), "hotdog-client-"));
    opened.defer(() => rm(folder, { recursive: true, force: true }));
    const store = await diskStore(folder);
    const worker = opened.use(
      runProcess("src/worker/main.ts", {
        ...AWS_ENVIRONMENT,
        ...place,
        DISCORD_TOKEN: DISCORD.token,
        DISCORD_API: DISCORD.api,
        STORE_URL: `file:${folder}`,
      }),
    );
    await worker.waitFor(/the worker takes jobs/);

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
        store,
        replies: around(replies),
        answers: answers({ ...DISCORD, now: Date.now }),
        labelerSecret: "sixteen characters or more",
        cdnOrigins: [],
        choose: "random",
        concurrency: 8,
        log,
      });
      opened.defer(() => consumer.stop(1_000));
      return { queue, logged };
    }

    used = { opened, engine, place, store, worker, startQuickWorker };
  });

  afterAll(async () => {
    await used.opened.disposeAsync();
    vi.unstubAllEnvs();
  });

  return () => used;
}
