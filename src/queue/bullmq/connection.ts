import { Redis } from "ioredis";
import { errorCode } from "../../platform/describe-error.ts";
import type { Log } from "../../platform/log.ts";
import { settleWithin } from "../../platform/deadline.ts";
import { StartError } from "../../platform/start-error.ts";
import { outageLog } from "../outage-log.ts";
import { backoff, type QueueOptions } from "../queue.ts";
import { KEY_PREFIX } from "./job-queue.ts";
import type { RedisAddress } from "./redis-address.ts";

/** BullMQ recommends this version of Redis. It is the first that has all the commands BullMQ uses. */
const MIN_VERSION = "6.2";
/** Interval of TCP keep-alive probes on an idle connection. */
const KEEP_ALIVE_MS = 10_000;
const FIRST_RECONNECT_DELAY_MS = 100;
const MAX_RECONNECT_DELAY_MS = 5_000;
/** Time for pending commands when a connection is closed. */
const CLOSE_DEADLINE_MS = 2_000;

interface RedisTimeouts {
  /** Until a connection is established, TLS included. */
  connectMs: number;
  /** Until a sender gives up on a command, or on a connection on which nothing arrives. */
  commandMs: number;
  /** Until a worker gives up on a connection on which nothing arrives. BullMQ waits for jobs for up to 5 s, which is less. */
  silenceMs: number;
}

const DEFAULT_TIMEOUTS: RedisTimeouts = { connectMs: 5_000, commandMs: 10_000, silenceMs: 20_000 };

export interface RedisOptions extends Pick<QueueOptions, "log" | "random"> {
  /** Overrides of the default time-outs. */
  timeouts?: Partial<RedisTimeouts>;
}

/**
 * A client that sends the commands of one turn of the event loop together. Many jobs that run at a time make several in each turn, and
 * sending one costs as much processor time as making it.
 */
class BatchingClient extends Redis {
  #isHolding = false;

  override sendCommand(...command: Parameters<Redis["sendCommand"]>): unknown {
    this.#hold(this.stream);
    return super.sendCommand(...command);
  }

  /** @param stream undefined before the first connection */
  #hold(stream: Redis["stream"] | undefined): void {
    if (this.#isHolding || stream === undefined) return;
    this.#isHolding = true;
    stream.cork();
    setImmediate(() => {
      this.#isHolding = false;
      stream.uncork();
    });
  }
}

/** Creates a client that connects on request. Its commands fail early, because somebody waits for them. */
export function senderClient(address: RedisAddress, options: Partial<RedisOptions> = {}): Redis {
  const { connectMs, commandMs } = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  return new BatchingClient({
    ...redisOptions(address, options.random, connectMs),
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: commandMs,
    socketTimeout: commandMs,
  });
}

/** Creates a client that connects at once. Its commands wait for a connection without a limit, as BullMQ requires of workers. */
export function workerClient(address: RedisAddress, options: Partial<RedisOptions> = {}): Redis {
  const { connectMs, silenceMs } = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  return new BatchingClient({
    ...redisOptions(address, options.random, connectMs),
    maxRetriesPerRequest: null,
    socketTimeout: silenceMs,
  });
}

/** The return type is inferred: ioredis's own type does not fit its constructor under `exactOptionalPropertyTypes`. */
function redisOptions({ tls, ...address }: RedisAddress, random = Math.random, connectTimeout: number) {
  return {
    ...address,
    ...(tls ? { tls: {} } : {}),
    // BullMQ was written for RESP2.
    protocol: 2,
    connectTimeout,
    keepAlive: KEEP_ALIVE_MS,
    // After a failover the old primary is a replica. Only a new connection finds the new primary.
    reconnectOnError: ({ message }: Error) => message.includes("READONLY"),
    retryStrategy: (tries: number) =>
      backoff(tries, { firstMs: FIRST_RECONNECT_DELAY_MS, maxMs: MAX_RECONNECT_DELAY_MS, random }),
  } as const;
}

/**
 * Connects a sender's client, checks that Redis can be used, and warns of settings that can lose jobs. The caller must listen to the
 * client's `error` event at once.
 * @throws StartError when Redis cannot be used
 */
export async function openClient(address: RedisAddress, options: RedisOptions): Promise<Redis> {
  const client = senderClient(address, options);
  let cause: unknown;
  const keepCause = (error: unknown): unknown => (cause = error);
  client.on("error", keepCause);
  try {
    // The error event says more than the rejection.
    await client.connect().catch((error: unknown) => Promise.reject(cause ?? error));
    await checkRedis(client, address, options.log);
    client.off("error", keepCause);
    return client;
  } catch (error) {
    abortClient(client);
    if (error instanceof StartError) throw error;
    throw unusableError(address, describeRedisError(error, address), error);
  }
}

async function checkRedis(client: Redis, address: RedisAddress, log: Log): Promise<void> {
  // When the database does not exist, this fails. ioredis itself would use database 0 instead.
  if (address.db > 0) await client.select(address.db);
  const info = await client.info();
  const version = infoField(info, "redis_version");
  if (version !== undefined && version.localeCompare(MIN_VERSION, "en", { numeric: true }) < 0)
    throw unusableError(address, `it runs Redis ${version}; ${MIN_VERSION} or newer is needed`);
  // Tests a script and not only a write, because BullMQ consists of scripts.
  await client.eval("redis.call('SET', KEYS[1], ARGV[1])", 1, `${KEY_PREFIX}:opened`, String(Date.now()));
  const policy = infoField(info, "maxmemory_policy");
  if (policy !== undefined && policy !== "noeviction")
    log.warn(`Redis deletes jobs when it is full (${policy}); set its maxmemory-policy to noeviction`);
  if (infoField(info, "aof_enabled") === "0")
    log.warn("Redis loses jobs when it restarts; set its appendonly to yes");
}

/** Returns a field of the response to INFO. */
export function infoField(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1];
}

/** Waits for pending responses, for at most `deadlineMs`, and closes the connection. */
export async function closeClient(client: Redis, deadlineMs = CLOSE_DEADLINE_MS): Promise<void> {
  if (client.status === "ready") await settleWithin(deadlineMs, [client.quit()]);
  abortClient(client);
}

/** Closes a connection for good, whatever its state. Pending commands are rejected. */
export function abortClient(client: Pick<Redis, "connect" | "disconnect"> & { status: string }): void {
  // A client that waits to reconnect would emit no event when it ends, and BullMQ would wait for that event forever.
  if (client.status === "reconnecting") client.connect().catch(() => {});
  if (client.status !== "end") client.disconnect();
}

/** Returns a function that watches a connection. Simultaneous outages of watched connections are logged as one. */
export function outageWatch(log: Log): (client: Redis) => void {
  const outage = outageLog(log, {
    began: "Redis cannot be reached; reconnecting until it works",
    ended: "Redis can be reached again",
  });
  const down = new Set<Redis>();

  function lost(client: Redis, error?: unknown): void {
    down.add(client);
    outage.failed(error);
  }

  return (client) => {
    client.on("error", (error) => lost(client, error));
    client.on("reconnecting", () => lost(client));
    client.on("ready", () => {
      down.delete(client);
      if (down.size === 0) outage.recovered();
    });
    // A connection that this process closed does not end the outage.
    client.on("end", () => void down.delete(client));
  };
}

const UNTRUSTED_CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS/;
const NO_TLS = /SSL|EPROTO|ECONNRESET|ETIMEDOUT/;
/** Redis 6 puts this before an error of a command that a script ran. */
const SCRIPT_ERROR_PREFIX = /^ERR Error running script .*: -(?=[A-Z]+ )/;
const CLOSES = "it closes the connection; check the address, and whether it wants rediss://";

/** Descriptions of errors without a code: those of Redis itself and of ioredis. */
const DESCRIPTIONS: [pattern: RegExp, describe: (message: string, address: RedisAddress) => string][] = [
  [
    /^WRONGPASS|invalid password/,
    () => "its user or password is not accepted; correct them, with special characters percent-encoded",
  ],
  [/^NOAUTH/, () => "it wants a password; put it into the address, as in redis://:PASSWORD@HOST"],
  [/DB index/, (_, { db }) => `it has no database ${db}; use one from 0 up to its setting "databases"`],
  [
    /^NOPERM/,
    (message) => `its user lacks a permission (${message}); allow all commands on the keys hotdog-bot:*`,
  ],
  [/^READONLY/, () => "it is a replica, which takes no jobs; use the address of its primary"],
  [/^(?:MISCONF|OOM|NOREPLICAS)/, (message) => `it takes no writes (${message})`],
  [/writeable|max retries/, () => "it cannot be reached at present"],
  [/timed out|Socket timeout/, () => "it does not answer; check the address and the network"],
  [/is closed/, () => CLOSES],
];

/** Describes why Redis cannot be used and what to do: the end of a sentence, without its period. */
export function describeRedisError(error: unknown, address: RedisAddress): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  if (code === undefined) {
    const message = error.message.replace(SCRIPT_ERROR_PREFIX, "").replace(/\.$/, "");
    const [, describe] = DESCRIPTIONS.find(([pattern]) => pattern.test(message)) ?? [];
    return describe?.(message, address) ?? `Redis answered ${message}`;
  }
  if (UNTRUSTED_CERTIFICATE.test(code))
    return `its certificate is not trusted (${code}); set NODE_EXTRA_CA_CERTS to the file of its authority`;
  if (address.tls && NO_TLS.test(code))
    return `it does not answer in TLS (${code}); check the address, and whether it wants redis://`;
  if (code === "ECONNRESET") return CLOSES;
  return `it cannot be reached (${code}); check the address and the network`;
}

export function unusableError({ shown }: RedisAddress, reason: string, cause?: unknown): StartError {
  return new StartError(`The queue ${shown} cannot be used: ${reason}.`, { cause });
}

/** Replaces the error of a command by one that says what to do. */
export async function describeRejection<T>(address: RedisAddress, command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw new Error(`Redis: ${describeRedisError(error, address)}`, { cause: error });
  }
}
