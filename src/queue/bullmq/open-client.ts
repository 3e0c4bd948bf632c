import type { Redis } from "ioredis";
import type { Log } from "../../platform/log.ts";
import { StartError } from "../../platform/start-error.ts";
import { cutOff, senderClient, type ClientOptions } from "./client.ts";
import { field } from "./info.ts";
import { KEY_PREFIX } from "./job-queue.ts";
import type { RedisAddress } from "./redis-address.ts";
import { redisFailure } from "./redis-failure.ts";

/** What BullMQ recommends, and the first in which all of its commands are there. */
const OLDEST = { major: 6, minor: 2 };

/**
 * A connection that can be sent on; whoever gets it listens for its errors at once. What Redis is set to do that could lose
 * jobs is logged.
 * @throws StartError when Redis cannot be used
 */
export async function openClient(
  address: RedisAddress,
  { log, ...options }: ClientOptions & { log: Log },
): Promise<Redis> {
  const client = senderClient(address, options);
  let cause: unknown;
  const keepCause = (error: unknown): unknown => (cause = error);
  client.on("error", keepCause);
  try {
    // It rejects with less than it has emitted.
    await client.connect().catch((error: unknown) => Promise.reject(cause ?? error));
    await tryOut(client, address, log);
    client.off("error", keepCause);
    return client;
  } catch (error) {
    cutOff(client);
    if (error instanceof StartError) throw error;
    throw unusable(address, redisFailure(error, address), error);
  }
}

async function tryOut(client: Redis, address: RedisAddress, log: Log): Promise<void> {
  // By itself the client would go on in database 0 where this one does not exist.
  if (address.db > 0) await client.select(address.db);
  const info = await client.info();
  const version = field(info, "redis_version");
  if (version !== undefined && isTooOld(version))
    throw unusable(
      address,
      `it is of version ${version}; ${OLDEST.major}.${OLDEST.minor} or newer is needed`,
    );
  // As a script, since BullMQ is made of these.
  await client.eval("redis.call('SET', KEYS[1], ARGV[1])", 1, `${KEY_PREFIX}:opened`, String(Date.now()));
  warnOfLoss(info, log);
}

function warnOfLoss(info: string, log: Log): void {
  const policy = field(info, "maxmemory_policy");
  if (policy !== undefined && policy !== "noeviction")
    log.warn(
      `Redis throws jobs away when its memory is full (${policy}); set its maxmemory-policy to noeviction`,
    );
  if (field(info, "aof_enabled") === "0")
    log.warn("Redis forgets jobs when it is restarted; set its appendonly to yes");
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
}

function unusable({ shown }: RedisAddress, reason: string, cause?: unknown): StartError {
  return new StartError(`The queue ${shown} cannot be used: ${reason}.`, { cause });
}
