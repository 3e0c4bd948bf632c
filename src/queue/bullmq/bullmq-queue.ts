import type { Consumer, JobQueue, OpenSender, QueueOptions } from "../queue.ts";
import { rewriteAofRegularly } from "./aof-rewrite.ts";
import {
  closeClient,
  describeRedisError,
  describeRejection,
  openClient,
  outageWatch,
  unusableError,
  workerClient,
  type RedisOptions,
} from "./connection.ts";
import { bullmqConsumer } from "./consumer.ts";
import { bullmqDeadLetters } from "./dead-letters.ts";
import { addJob, jobQueue } from "./job-queue.ts";
import { requireRedisUrl } from "./redis-address.ts";

const AOF_REWRITE_INTERVAL_MS = 15 * 60_000;

interface BullmqQueueOptions extends QueueOptions, RedisOptions {
  aofRewriteIntervalMs?: number;
}

type OpenedQueue = Awaited<ReturnType<typeof open>>;

/**
 * Opens a queue for sending only.
 * @param url `redis://[user:password@]host[:port][/db]`, or `rediss://`
 * @throws StartError when Redis cannot be used
 */
export async function bullmqSender(url: string, options: RedisOptions): Promise<OpenSender> {
  const opened = await open(url, options);
  return {
    send: (job) => describeRejection(opened.address, addJob(opened.queue, job)),
    check: () => check(opened),
    close: () => close(opened),
  };
}

/**
 * Opens a BullMQ queue. Each Redis database holds one queue.
 * @throws StartError when Redis cannot be used
 */
export async function bullmqQueue(url: string, options: BullmqQueueOptions): Promise<JobQueue> {
  const { log, aofRewriteIntervalMs = AOF_REWRITE_INTERVAL_MS } = options;
  const opened = await open(url, options);
  const { address, client, queue, watch } = opened;
  const consumers = new Set<Consumer>();
  let stopRewriting: (() => void) | undefined;

  return {
    send: (job) => addJob(queue, job),
    check: () => check(opened),

    consume(handler, { concurrency }) {
      const ownClient = workerClient(address, options);
      watch(ownClient);
      const consumer = bullmqConsumer({ client: ownClient, handler, concurrency }, options);
      consumers.add(consumer);
      stopRewriting ??= rewriteAofRegularly(client, aofRewriteIntervalMs, log);
      return consumer;
    },

    ...bullmqDeadLetters(queue, client),

    async close() {
      stopRewriting?.();
      await Promise.all([...consumers].map((consumer) => consumer.stop(0)));
      await close(opened);
    },
  };
}

async function open(url: string, options: RedisOptions) {
  const address = requireRedisUrl(url);
  const client = await openClient(address, options);
  const watch = outageWatch(options.log);
  watch(client);
  const queue = jobQueue(client);
  try {
    await queue.waitUntilReady();
  } catch (error) {
    await closeClient(client, 0);
    throw unusableError(address, describeRedisError(error, address), error);
  }
  return { address, client, queue, watch };
}

async function check({ client, address }: OpenedQueue): Promise<void> {
  // During an outage, the error of a command would say less.
  if (client.status !== "ready") throw new Error(`the connection to ${address.shown} is lost`);
  await client.ping().catch((error: unknown) => {
    throw new Error(describeRedisError(error, address), { cause: error });
  });
}

async function close({ client, queue }: OpenedQueue): Promise<void> {
  await queue.close();
  await closeClient(client);
}
