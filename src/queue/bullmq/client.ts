import { Redis } from "ioredis";
import { settled } from "../../platform/settled.ts";
import type { RedisAddress } from "./redis-address.ts";

/** Milliseconds. */
export interface Timeouts {
  /** Until a connection stands, TLS included. */
  connect: number;
  /** Until a command of a sender is given up, and a connection that has answered nothing for so long. */
  command: number;
  /** The same of a worker's connection; longer than BullMQ waits for jobs, which is up to 5 s. */
  silence: number;
}

const TIMEOUTS: Timeouts = { connect: 5_000, command: 10_000, silence: 20_000 };

export interface ClientOptions {
  /** From 0 up to, not including, 1. */
  random: () => number;
  timeouts?: Partial<Timeouts> | undefined;
}

/** Milliseconds of idling between probes of the connection by the system. */
const KEEP_ALIVE = 10_000;
/** Milliseconds between tries to connect. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/** Connects when told to; its commands fail soon and clearly, as somebody waits for them. */
export function senderClient(address: RedisAddress, { random, timeouts }: ClientOptions): Redis {
  const { connect, command } = { ...TIMEOUTS, ...timeouts };
  return new Redis({
    ...optionsFor(address, random, connect),
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: command,
    socketTimeout: command,
  });
}

/** Connects at once, and its commands wait for as long as it takes, as BullMQ wants it for workers. */
export function workerClient(address: RedisAddress, { random, timeouts }: ClientOptions): Redis {
  const { connect, silence } = { ...TIMEOUTS, ...timeouts };
  return new Redis({
    ...optionsFor(address, random, connect),
    maxRetriesPerRequest: null,
    socketTimeout: silence,
  });
}

/** Inferred, as the type of ioredis for its options does not fit its constructor under `exactOptionalPropertyTypes`. */
function optionsFor(
  { host, port, db, username, password, tls }: RedisAddress,
  random: () => number,
  connectTimeout: number,
) {
  return {
    host,
    port,
    db,
    username,
    password,
    ...(tls ? { tls: {} } : {}),
    // What BullMQ was written for.
    protocol: 2,
    connectTimeout,
    keepAlive: KEEP_ALIVE,
    // After a failover what was the primary is a replica, and leads nowhere until it is left.
    reconnectOnError: ({ message }: Error) => message.includes("READONLY"),
    retryStrategy: (tries: number) =>
      Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE) * (0.5 + random() / 2),
  } as const;
}

/** Waits for the answers that are due, for `deadline` milliseconds at the most, and closes the connection. */
export async function closeClient(client: Redis, deadline: number): Promise<void> {
  if (client.status === "ready") await settled([client.quit()], deadline);
  cutOff(client);
}

interface Closable {
  status: string;
  connect(): Promise<void>;
  disconnect(): void;
}

/** Closes a connection in whatever state it is, for good; what waits for an answer is rejected. */
export function cutOff(client: Closable): void {
  // A client that pauses between tries would end without a word, and leave waiting whoever waits for that.
  if (client.status === "reconnecting") client.connect().catch(() => {});
  if (client.status !== "end") client.disconnect();
}
