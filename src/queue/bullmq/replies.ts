import type { Redis } from "ioredis";
import type { Log } from "../../platform/log.ts";
import { parseReply, REPLY_RETENTION, type Reply, type ReplyReceiver, type ReplySender } from "../reply.ts";
import { closeClient, cutOff } from "./client.ts";
import { KEY_PREFIX } from "./job-queue.ts";
import { openClient } from "./open-client.ts";
import { requireRedisUrl } from "./redis-address.ts";
import { explained } from "./redis-failure.ts";

/** Seconds; less than the patience of the connection for an answer. */
const WAIT_TIME = 5;
/** Milliseconds for what is pending when a connection is closed. */
const CLOSING = 2_000;

interface Options {
  log: Log;
  /** From 0 up to, not including, 1. */
  random?: () => number;
}

/**
 * The worker's end of the replies in the Redis at this address: a list for each client.
 * @throws StartError when Redis cannot be used
 */
export async function bullmqReplySender(url: string, options: Options): Promise<ReplySender> {
  const client = await connect(url, options);
  return {
    async send(reply) {
      const key = keyOf(reply.client);
      const results = await client
        .multi()
        .rpush(key, JSON.stringify(reply))
        .expire(key, REPLY_RETENTION)
        .exec();
      const failure = results?.find(([error]) => error !== null)?.[0];
      if (failure) throw failure;
    },
    close: () => closeClient(client, CLOSING),
  };
}

/**
 * A client's end of them. A reply that is under way when the connection breaks is lost.
 * @throws StartError when Redis cannot be used
 */
export async function bullmqReplyReceiver(
  url: string,
  ours: string,
  options: Options,
): Promise<ReplyReceiver> {
  const address = requireRedisUrl(url);
  const client = await connect(url, options);
  const abort = (): void => cutOff(client);
  return {
    async receive(signal) {
      // Nothing else ends a command that waits.
      signal.addEventListener("abort", abort);
      try {
        const [, body] = (await explained(address, client.blpop(keyOf(ours), WAIT_TIME))) ?? [];
        return body === undefined ? [] : readable(body);
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener("abort", abort);
      }
    },
    close: () => closeClient(client, CLOSING),
  };
}

/** A connection of its own. Of outages the queue's connection tells already, and of how Redis is set. */
async function connect(url: string, { log, random = Math.random }: Options): Promise<Redis> {
  const client = await openClient(requireRedisUrl(url), { log: log.child({}, { level: "error" }), random });
  client.on("error", (error) => log.debug({ err: error }, "the connection for replies failed"));
  return client;
}

function keyOf(client: string): string {
  return `${KEY_PREFIX}:replies:${client}`;
}

function readable(body: string): Reply[] {
  try {
    return [parseReply(body)];
  } catch {
    return [];
  }
}
