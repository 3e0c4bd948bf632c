import type { Redis } from "ioredis";
import type { Log } from "../../platform/log.ts";
import { StartError } from "../../platform/start-error.ts";
import { rewriteRegularly } from "./aof-rewrite.ts";
import { closeClient, workerClient, type Timeouts } from "./client.ts";
import { bullmqConsumer, type ConsumerOptions } from "./consumer.ts";
import { dropDeadLetters, listDeadLetters, retryDeadLetters } from "./dead-letters.ts";
import { addJob, jobQueue, type BullQueue } from "./job-queue.ts";
import { openClient } from "./open-client.ts";
import { outageWatch } from "./outage.ts";
import { requireRedisUrl, type RedisAddress } from "./redis-address.ts";
import { explained, redisFailure } from "./redis-failure.ts";
import {
  RETRY_DELAY_MS,
  VISIBILITY_SECONDS,
  type Consumer,
  type JobQueue,
  type OpenSender,
} from "../queue.ts";

/** Milliseconds for what is pending when the queue is closed. */
const CLOSING = 2_000;
/**
 * Milliseconds per second of visibility. A job is redelivered after one lock and up to two checks, so a lock is shorter than the
 * visibility: by default, a killed worker's job comes to another after 15 to 25 s.
 */
const LOCK_MS_PER_SECOND = 750;
const STALL_CHECK_MS_PER_SECOND = 250;

/** Milliseconds between rewrites of Redis's append-only file. */
const REWRITE_INTERVAL = 15 * 60_000;

interface SenderOptions {
  log: Log;
  /** From 0 up to, not including, 1. */
  random?: () => number;
  /** Overrides of the default time-outs. */
  timeouts?: Partial<Timeouts>;
}

type Options = SenderOptions &
  Partial<Pick<ConsumerOptions, "observe" | "firstDelay">> & {
    /** Seconds until the jobs of a consumer that died come again, give or take a quarter. */
    visibility?: number;
    /** Milliseconds between rewrites of Redis's append-only file. */
    rewriteInterval?: number;
  };

interface Connection {
  address: RedisAddress;
  client: Redis;
  queue: BullQueue;
  watch: (client: Redis) => void;
}

/**
 * For a process that only sends.
 * @param url `redis://[user:password@]host[:port][/db]`, or `rediss://`
 * @throws StartError when Redis cannot be used
 */
export async function bullmqSender(url: string, options: SenderOptions): Promise<OpenSender> {
  const connection = await connect(url, options);
  return {
    send: (job) => explained(connection.address, addJob(connection.queue, job)),
    check: () => checkClient(connection),
    close: () => disconnect(connection),
  };
}

/**
 * A queue of BullMQ in the Redis at this address; one database holds one queue.
 * @throws StartError when Redis cannot be used
 */
export async function bullmqQueue(url: string, options: Options): Promise<JobQueue> {
  const {
    log,
    observe,
    random = Math.random,
    firstDelay = RETRY_DELAY_MS,
    visibility = VISIBILITY_SECONDS,
  } = options;
  const { timeouts, rewriteInterval: interval = REWRITE_INTERVAL } = options;
  const locks = {
    lockDuration: visibility * LOCK_MS_PER_SECOND,
    stalledInterval: visibility * STALL_CHECK_MS_PER_SECOND,
  };
  const connection = await connect(url, options);
  const { address, client, queue, watch } = connection;
  const consumers = new Set<Consumer>();
  let stopRewriting: (() => void) | undefined;

  return {
    send: (job) => addJob(queue, job),
    check: () => checkClient(connection),

    consume(handler, { concurrency }) {
      const ownClient = workerClient(address, { random, timeouts });
      watch(ownClient);
      const consumer = bullmqConsumer(
        { client: ownClient, handler, concurrency },
        { log, observe, random, firstDelay, ...locks },
      );
      consumers.add(consumer);
      stopRewriting ??= rewriteRegularly(client, { log, interval });
      return consumer;
    },

    deadLetters: () => listDeadLetters(queue, client),
    retryDeadLetters: (ids) => retryDeadLetters(queue, client, ids),
    dropDeadLetters: (ids) => dropDeadLetters(queue, client, ids),

    async close() {
      stopRewriting?.();
      await Promise.all([...consumers].map((consumer) => consumer.stop(0)));
      await disconnect(connection);
    },
  };
}

async function connect(
  url: string,
  { log, random = Math.random, timeouts }: SenderOptions,
): Promise<Connection> {
  const address = requireRedisUrl(url);
  const client = await openClient(address, { log, random, timeouts });
  const watch = outageWatch(log);
  watch(client);
  const queue = jobQueue(client);
  try {
    await queue.waitUntilReady();
  } catch (error) {
    await closeClient(client, 0);
    throw new StartError(`The queue ${address.shown} cannot be used: ${redisFailure(error, address)}.`, {
      cause: error,
    });
  }
  return { address, client, queue, watch };
}

async function checkClient({ client, address }: Connection): Promise<void> {
  // A command would fail at once, and say less.
  if (client.status !== "ready") throw new Error(`the connection to ${address.shown} is lost`);
  await client.ping().catch((error: unknown) => {
    throw new Error(redisFailure(error, address), { cause: error });
  });
}

async function disconnect({ client, queue }: Connection): Promise<void> {
  await queue.close();
  await closeClient(client, CLOSING);
}
