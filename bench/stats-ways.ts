import { Redis } from "ioredis";
import { createLog } from "../src/platform/log.ts";
import { bullmqSender } from "../src/queue/bullmq/bullmq-queue.ts";
import { formatJob, type Job } from "../src/jobs/job.ts";
import type { JobSender } from "../src/queue/queue.ts";
import { sqsSender } from "../src/queue/sqs/sqs-queue.ts";
import { startChild, type Child } from "./child.ts";
import { SEED_LIST } from "./seed-list.ts";
import type { Servers } from "./stats-servers.ts";

const WORKER = "../src/worker/main.ts";

/** A way to get jobs done. */
export interface Way {
  /** Below which its logs lie in the bucket. */
  prefix: string;
  /** What is not measured. */
  prepare?: (jobs: readonly Job[]) => Promise<void>;
  /** Sets jobs going; resolves at any time until they are done. */
  start: (jobs: readonly Job[]) => Promise<void>;
}

/** Starts the process that does the work, with the queue at this address. */
type Start = (script: string, prefix: string, queue: string) => Promise<Child>;

export const WAYS = ["limit", "bullmq", "sqs", "seedOnRedis", "seedOnSqs"] as const;
export type Ways = Record<(typeof WAYS)[number], Way>;

/** Each with a process that does the work, closed with `opened`. */
export async function openWays(opened: AsyncDisposableStack, servers: Servers): Promise<Ways> {
  const start: Start = async (script, prefix, queue) => {
    const settings = {
      ...servers.settings,
      QUEUE_URL: await servers.delayed(queue),
      STORE_URL: `${servers.settings["STORE_URL"]}/${prefix}`,
    };
    return opened.use(startChild(script, { settings }));
  };
  const log = createLog({ level: "error" });
  const { redis, createQueue } = servers;

  async function bullmq(): Promise<Way> {
    const sender = await bullmqSender(redis.url(), { log });
    opened.defer(() => sender.close());
    await start(WORKER, "bullmq", redis.url());
    return { prefix: "bullmq", start: sending(sender) };
  }

  async function onSqs(script: string, prefix: string): Promise<Way> {
    await createQueue(`${prefix}-dead-letters`);
    const queue = await createQueue(prefix);
    const sender = await sqsSender(queue);
    opened.defer(() => sender.close());
    await start(script, prefix, queue);
    return { prefix, start: sending(sender) };
  }

  async function seedOnRedis(): Promise<Way> {
    const database = redis.url(redis.nextDatabase());
    const client = new Redis(database);
    opened.defer(() => client.disconnect());
    await start("seed-process.ts", "seed-redis", database);
    return {
      prefix: "seed-redis",
      start: async (jobs) => void (await client.rpush(SEED_LIST, ...jobs.map(formatJob))),
    };
  }

  return {
    limit: limit(await start("limit-process.ts", "limit", redis.url())),
    bullmq: await bullmq(),
    sqs: await onSqs(WORKER, "sqs"),
    seedOnRedis: await seedOnRedis(),
    seedOnSqs: await onSqs("seed-process.ts", "seed-sqs"),
  };
}

function limit(child: Child): Way {
  return {
    prefix: "limit",
    prepare: async (jobs) => void (await child.ask(jobs.map(formatJob))),
    start: async () => void (await child.ask("go")),
  };
}

/** As the bot sends them when many people ask at once. */
function sending(sender: JobSender): (jobs: readonly Job[]) => Promise<void> {
  return async (jobs) => void (await Promise.all(jobs.map((job) => sender.send(job))));
}
