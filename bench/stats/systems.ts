import { Redis } from "ioredis";
import { formatJob, type Job } from "../../src/jobs/job.ts";
import { createLog } from "../../src/platform/log.ts";
import { bullmqSender } from "../../src/queue/bullmq/bullmq-queue.ts";
import type { JobSender } from "../../src/queue/queue.ts";
import { sqsSender } from "../../src/queue/sqs/sqs-queue.ts";
import { startChild, type Child } from "../harness/child.ts";
import type { Servers } from "../servers/servers.ts";

const WORKER = new URL("../../src/worker/main.ts", import.meta.url);
const SIMPLE_LOOP = new URL("./simple-loop-process.ts", import.meta.url);
const UPPER_BOUND = new URL("./upper-bound-process.ts", import.meta.url);

/** One of the compared ways to run jobs. */
export interface System {
  /** The prefix of its logs in the bucket. */
  prefix: string;
  /** Whether many jobs leave the queue only after their answers and logs. A loop deletes one before it takes the next. */
  deletesLate: boolean;
  /** Preparations that are not measured. */
  prepare?: (jobs: readonly Job[]) => Promise<void>;
  /** Submits jobs. May resolve before they are done. */
  submit: (jobs: readonly Job[]) => Promise<void>;
}

export const SYSTEMS = ["upperBound", "bullmq", "sqs", "loopOnRedis", "loopOnSqs"] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** Starts a process that runs jobs from the queue at this URL. */
type StartWorker = (script: URL, prefix: string, queue: string, args?: string[]) => Promise<Child>;

/**
 * Starts each system with one process that runs its jobs.
 * @param disposables stops them when it is disposed of
 */
export async function startSystems(
  disposables: AsyncDisposableStack,
  servers: Servers,
): Promise<Record<SystemName, System>> {
  const startWorker: StartWorker = async (script, prefix, queue, args = []) => {
    const settings = {
      ...servers.settings,
      QUEUE_URL: await servers.viaProxy(queue),
      STORE_URL: `${servers.settings["STORE_URL"]}/${prefix}`,
    };
    return disposables.use(startChild(script, { settings, args }));
  };
  const log = createLog({ level: "error" });
  const { redis, createQueue } = servers;

  async function onBullmq(): Promise<System> {
    const sender = await bullmqSender(redis.url(), { log });
    disposables.defer(() => sender.close());
    await startWorker(WORKER, "bullmq", redis.url());
    return { prefix: "bullmq", deletesLate: true, submit: sendAll(sender) };
  }

  async function onSqs(script: URL, prefix: string): Promise<System> {
    await createQueue(`${prefix}-dead-letters`);
    const queue = await createQueue(prefix);
    const sender = await sqsSender(queue);
    disposables.defer(() => sender.close());
    await startWorker(script, prefix, queue);
    return { prefix, deletesLate: script === WORKER, submit: sendAll(sender) };
  }

  async function loopOnRedis(): Promise<System> {
    const database = redis.url(redis.nextDatabase());
    const client = new Redis(database);
    disposables.defer(() => client.disconnect());
    const list = "jobs";
    await startWorker(SIMPLE_LOOP, "loop-redis", database, [list]);
    return {
      prefix: "loop-redis",
      deletesLate: false,
      submit: async (jobs) => void (await client.rpush(list, ...jobs.map(formatJob))),
    };
  }

  return {
    upperBound: upperBound(await startWorker(UPPER_BOUND, "upper-bound", redis.url())),
    bullmq: await onBullmq(),
    sqs: await onSqs(WORKER, "sqs"),
    loopOnRedis: await loopOnRedis(),
    loopOnSqs: await onSqs(SIMPLE_LOOP, "loop-sqs"),
  };
}

function upperBound(child: Child): System {
  return {
    prefix: "upper-bound",
    deletesLate: false,
    prepare: async (jobs) => void (await child.ask(jobs.map(formatJob))),
    submit: async () => void (await child.ask("go")),
  };
}

/** Sends all jobs at once, as the bot does when many people ask at the same time. */
function sendAll(sender: JobSender): (jobs: readonly Job[]) => Promise<void> {
  return async (jobs) => void (await Promise.all(jobs.map((job) => sender.send(job))));
}
