import type { Redis } from "ioredis";
import { REPLY_RETENTION_SECONDS, replyIn, type ReplyReceiver, type ReplySender } from "../reply.ts";
import { abortClient, closeClient, describeRejection, openClient, type RedisOptions } from "./connection.ts";
import { KEY_PREFIX } from "./job-queue.ts";
import { requireRedisUrl, type RedisAddress } from "./redis-address.ts";

/** Time for which one command waits for a reply; less than the connection's time-out. */
const WAIT_SECONDS = 5;

/**
 * Opens the worker's end of the replies, which are kept in one Redis list per client.
 * @throws StartError when Redis cannot be used
 */
export async function bullmqReplySender(url: string, options: RedisOptions): Promise<ReplySender> {
  const client = await connect(requireRedisUrl(url), options);
  return {
    async send(reply) {
      const key = keyOf(reply.client);
      const commands = client.multi().rpush(key, JSON.stringify(reply)).expire(key, REPLY_RETENTION_SECONDS);
      const failure = (await commands.exec())?.find(([error]) => error !== null)?.[0];
      if (failure) throw failure;
    },
    close: () => closeClient(client),
  };
}

/**
 * Opens a client's end of the replies. A reply that is on its way when the connection breaks is lost.
 * @param clientId whose replies to return
 * @throws StartError when Redis cannot be used
 */
export async function bullmqReplyReceiver(
  url: string,
  clientId: string,
  options: RedisOptions,
): Promise<ReplyReceiver> {
  const address = requireRedisUrl(url);
  const client = await connect(address, options);
  const abort = (): void => abortClient(client);
  return {
    async receive(signal) {
      // Only closing the connection ends a command that waits.
      signal.addEventListener("abort", abort);
      try {
        const popped = await describeRejection(address, client.blpop(keyOf(clientId), WAIT_SECONDS));
        const reply = popped === null ? undefined : replyIn(popped[1]);
        return reply === undefined ? [] : [reply];
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener("abort", abort);
      }
    },
    close: () => closeClient(client),
  };
}

/** Opens a separate connection. It logs only errors, because the queue's connection already logs outages and risky settings. */
async function connect(address: RedisAddress, { log, ...options }: RedisOptions): Promise<Redis> {
  const client = await openClient(address, { log: log.child({}, { level: "error" }), ...options });
  client.on("error", (error) => log.debug({ err: error }, "the connection for replies failed"));
  return client;
}

function keyOf(clientId: string): string {
  return `${KEY_PREFIX}:replies:${clientId}`;
}
