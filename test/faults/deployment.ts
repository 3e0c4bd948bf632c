import { setTimeout as wait } from "node:timers/promises";
import type { APIMessage } from "discord.js";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { stubAws } from "../aws/environment.ts";
import type { S3Answer, S3Request } from "../aws/s3-answers.ts";
import type { Bucket } from "../aws/s3-bucket.ts";
import { startS3Server } from "../aws/s3-server.ts";
import { AWS_ENVIRONMENT } from "../aws/sqs-server.ts";
import { runProcess, type RunningProcess } from "../end-to-end/process.ts";
import { addPlainImages } from "../pictures.ts";
import type { Engine } from "./engine.ts";
import { PEOPLE } from "./load.ts";

const BUCKET = "hotdogs";
const IMAGES = 12;
/** Milliseconds that S3 takes for a PUT. */
const PUT_TIME = 20;
/**
 * Seconds until the jobs of a killed worker come to another. Not fewer: on a contended machine a worker may come late to extend its
 * hold on jobs.
 */
const VISIBILITY = 8;
/** Milliseconds: five attempts at a job span 42 to 85 s, so that hardly any fails for good in an outage of 3 s. */
const RETRY_DELAY = 1_000;

/**
 * Fault for one S3 request. "reset" closes the connection; "hang" never answers; "lose" executes it and drops the answer; an
 * S3Answer is sent without executing it. Undefined: no fault.
 */
type S3Trouble = S3Answer | "reset" | "hang" | "lose" | undefined;

/** Both are told the name of the worker, and may be set at any time. */
interface S3Hooks {
  trouble: (request: S3Request, worker: string) => S3Trouble;
  /** Called between a write that succeeded and its answer. */
  whenWritten: (key: string, worker: string) => void;
}

export interface Deployment extends AsyncDisposable {
  engine: Engine;
  discord: LocalDiscord;
  bucket: Bucket;
  /** One of each person. */
  rounds: readonly APIMessage[];
  s3: S3Hooks;
  bot(): RunningProcess;
  worker(name: WorkerName): RunningProcess;
  /** Starts what does not run. */
  startAll(): Promise<void>;
  /** What does not run, with its last words. */
  ended(): string[];
}

export const WORKERS = ["one", "two"] as const;
type WorkerName = (typeof WORKERS)[number];

/** The bot and two workers, in processes of their own, between the local Discord, an S3 and a queue that can go wrong. */
export async function deploy(engine: Engine, { visibility = VISIBILITY } = {}): Promise<Deployment> {
  await using stack = new AsyncDisposableStack();
  const discord = await startLocalDiscord({ port: 0 });
  stack.defer(() => discord.close());
  const hooks: S3Hooks = { trouble: () => undefined, whenWritten: () => {} };
  const s3 = await startS3Server({ buckets: { [BUCKET]: [] }, around });
  stack.defer(() => s3.close());
  stubAws({ AWS_ENDPOINT_URL_S3: s3.endpoint });
  await addImages();
  const settings = {
    ...AWS_ENVIRONMENT,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    QUEUE_URL: engine.url,
    STORE_URL: `s3://${BUCKET}`,
    S3_FORCE_PATH_STYLE: "true",
    LABELER_SECRET: "sixteen characters or more",
    JOB_VISIBILITY_SECONDS: `${visibility}`,
    JOB_RETRY_DELAY_MS: `${RETRY_DELAY}`,
  };
  const running = new Map<string, RunningProcess>();
  const opened = stack.move();

  async function around(request: S3Request, act: () => S3Answer): Promise<S3Answer | undefined> {
    const [, worker = ""] = /Credential=(\w+)\//.exec(String(request.headers["authorization"])) ?? [];
    const trouble = hooks.trouble(request, worker);
    if (trouble === "hang") return new Promise<undefined>(() => {});
    if (trouble === "reset") return undefined;
    if (typeof trouble === "object") return trouble;
    const answer = act();
    if (request.method === "PUT") {
      if (answer.status === 200) hooks.whenWritten(request.key, worker);
      await wait(PUT_TIME);
    }
    return trouble === "lose" ? undefined : answer;
  }

  async function addImages(): Promise<void> {
    const store = await s3Store({ bucket: BUCKET, prefix: "" }, { forcePathStyle: true });
    await addPlainImages(imageSet(store), IMAGES);
    await store.close();
  }

  async function start(name: string): Promise<void> {
    const isBot = name === "bot";
    const process = runProcess(isBot ? "src/bot/main.ts" : "src/worker/main.ts", {
      ...settings,
      AWS_ACCESS_KEY_ID: name,
    });
    running.set(name, opened.use(process));
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
    bucket: s3.bucket(BUCKET),
    rounds: [],
    s3: hooks,
    bot: () => get("bot"),
    worker: get,

    async startAll() {
      const stopped = ["bot", ...WORKERS].filter((name) => {
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

    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };

  try {
    await deployment.startAll();
    const rounds = PEOPLE.map((name) => discord.user(name).command("hotdog").answer({ timeout: 20_000 }));
    deployment.rounds = await Promise.all(rounds);
    return deployment;
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
