import { setTimeout as wait } from "node:timers/promises";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { stubAws } from "../aws/environment.ts";
import type { S3Answer, S3Request } from "../aws/s3-answers.ts";
import { AWS_ENVIRONMENT } from "../aws/sqs-queues.ts";
import { runProcess, type RunningProcess } from "../end-to-end/process.ts";
import { addPlainImages } from "../pictures.ts";
import type { Engine } from "./engine.ts";
import { openProjects, type LoadProject } from "./projects.ts";
import { SECRET, type Bucket } from "./records.ts";
import { testS3, type OpenS3 } from "./s3-backend.ts";

const BUCKET = "hotdogs";
const IMAGES = 12;
const PUT_LATENCY_MS = 20;
/** When the jobs of a killed worker are redelivered. With less, a worker on a busy machine would be late to extend its hold on jobs. */
const VISIBILITY_SECONDS = 8;
/** With this delay, five attempts span 42 to 85 s, so that hardly any job fails for good during an outage of 3 s. */
const RETRY_DELAY_MS = 1_000;

/**
 * The fault of one S3 request: "reset" closes the connection, "hang" never responds, "lose" executes the request and drops the response,
 * and an S3Answer is sent without executing the request. Undefined means no fault.
 */
type S3Fault = S3Answer | "reset" | "hang" | "lose" | undefined;

/** Hooks that may be set at any time. Both get the name of the worker that sends the request. */
interface S3Hooks {
  fault: (request: S3Request, worker: string) => S3Fault;
  /** Called after a successful write, before its response. */
  onWritten: (key: string, worker: string) => void;
}

export interface Deployment extends AsyncDisposable {
  engine: Engine;
  discord: LocalDiscord;
  /** The store of all projects, as this process sees it. */
  store: ObjectStore;
  /** Everything in the store at this moment. */
  contents: () => Promise<Bucket>;
  /** Three projects of one store. */
  projects: readonly LoadProject[];
  s3: S3Hooks;
  bot(): RunningProcess;
  /** The names of its workers. */
  workers: readonly WorkerName[];
  worker(name: WorkerName): RunningProcess;
  /** Starts all processes that are not running. */
  startAll(): Promise<void>;
  /** Processes that are not running, with the end of their output. */
  ended(): string[];
  /** What all processes, also those that have ended, have logged of a job. */
  logOf(id: string): string[];
}

const WORKERS = ["one", "two", "three", "four"] as const;
type WorkerName = (typeof WORKERS)[number];

interface DeployOptions {
  /** Number of workers: two to four. */
  workers?: 2 | 3 | 4;
  /** JOB_VISIBILITY_SECONDS. */
  visibility?: number;
  /** Default: the S3 server of the tests. */
  openS3?: OpenS3 | undefined;
}

/** Starts the bot and workers in processes of their own, with a local Discord, an S3 server and a queue that can all fail. */
export async function deploy(
  engine: Engine,
  { workers: count = 2, visibility = VISIBILITY_SECONDS, openS3 = testS3 }: DeployOptions = {},
): Promise<Deployment> {
  const workers = WORKERS.slice(0, count);
  await using stack = new AsyncDisposableStack();
  const discord = await startLocalDiscord({ port: 0 });
  stack.defer(() => discord.close());
  const hooks: S3Hooks = { fault: () => undefined, onWritten: () => {} };
  const s3 = stack.use(await openS3(BUCKET, around));
  stubAws({ AWS_ENDPOINT_URL_S3: s3.endpoint });
  const store = await s3Store({ bucket: BUCKET, prefix: "" }, { forcePathStyle: true });
  stack.defer(() => store.close());
  await addPlainImages(imageSet(store), IMAGES);
  const settings = {
    ...AWS_ENVIRONMENT,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    QUEUE_URL: engine.url,
    STORE_URL: `s3://${BUCKET}`,
    S3_FORCE_PATH_STYLE: "true",
    LABELER_SECRET: SECRET,
    JOB_VISIBILITY_SECONDS: `${visibility}`,
    JOB_RETRY_DELAY_MS: `${RETRY_DELAY_MS}`,
  };
  const running = new Map<string, RunningProcess>();
  const started: { name: string; process: RunningProcess }[] = [];
  const disposables = stack.move();

  async function around(
    request: S3Request,
    act: () => S3Answer | Promise<S3Answer>,
  ): Promise<S3Answer | undefined> {
    const [, worker = ""] = /Credential=(\w+)\//.exec(String(request.headers["authorization"])) ?? [];
    const fault = hooks.fault(request, worker);
    if (fault === "hang") return new Promise<undefined>(() => {});
    if (fault === "reset") return undefined;
    if (typeof fault === "object") return fault;
    const answer = await act();
    if (request.method === "PUT") {
      if (answer.status === 200) hooks.onWritten(request.key, worker);
      await wait(PUT_LATENCY_MS);
    }
    return fault === "lose" ? undefined : answer;
  }

  async function start(name: string): Promise<void> {
    const isBot = name === "bot";
    const process = runProcess(isBot ? "src/bot/main.ts" : "src/worker/main.ts", {
      ...settings,
      AWS_ACCESS_KEY_ID: name,
    });
    running.set(name, disposables.use(process));
    started.push({ name, process });
    await process.waitFor(isBot ? /the bot is connected/ : /the worker takes jobs/);
  }

  function get(name: string): RunningProcess {
    const found = running.get(name);
    if (found === undefined) throw new Error(`${name} has not been started`);
    return found;
  }

  const deployment: Deployment = {
    engine,
    discord,
    store,
    contents: () => s3.contents(),
    projects: [],
    s3: hooks,
    bot: () => get("bot"),
    workers,
    worker: get,

    async startAll() {
      const stopped = ["bot", ...workers].filter((name) => {
        const child = running.get(name)?.child;
        return child === undefined || child.exitCode !== null || child.signalCode !== null;
      });
      await Promise.all(stopped.map(start));
    },

    ended() {
      return [...running].flatMap(([name, process]) => {
        const { exitCode, signalCode } = process.child;
        const end = exitCode ?? signalCode;
        return end === null ? [] : [`${name} ended with ${end}: ${process.output().slice(-1_000)}`];
      });
    },

    logOf(id) {
      return started.flatMap(({ name, process }) => {
        const lines = process.output().split("\n");
        return lines.filter((line) => line.includes(id)).map((line) => `${name}: ${line}`);
      });
    },

    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };

  try {
    await deployment.startAll();
    deployment.projects = await openProjects(discord);
    return deployment;
  } catch (error) {
    await disposables.disposeAsync();
    throw error;
  }
}
