import type { Redis } from "ioredis";
import type { Log } from "../../platform/log.ts";
import { KEY_PREFIX } from "./job-queue.ts";
import { field } from "./info.ts";

/** Milliseconds between looks whether it is time; of all workers one finds that it is. */
const LONGEST_LOOK_INTERVAL_MS = 60_000;

/** A larger Redis is not ours alone, and copying all of it every few minutes would cost its others too much. */
const MAX_DATASET_BYTES = 512 * 1024 * 1024;

interface Options {
  log: Log;
  /** Milliseconds between rewrites. */
  interval: number;
}

/**
 * Has Redis rewrite its append-only file now and then. Until then the file keeps what is long gone from the data: who asked,
 * and with which token. By itself Redis rewrites it only when it has grown to 64 MB, which may take months.
 * @returns ends it
 * @see https://redis.io/docs/latest/commands/bgrewriteaof/
 */
export function rewriteRegularly(client: Redis, { log, interval }: Options): () => void {
  async function look(): Promise<void> {
    try {
      // Whoever sets it does the work for all.
      const ours = await client.set(`${KEY_PREFIX}:rewritten`, Date.now(), "PX", interval, "NX");
      if (ours !== null) await rewrite(client);
    } catch (error) {
      // What is not said by Redis is an outage, which is told of elsewhere.
      if (!(error instanceof Error) || error.name !== "ReplyError" || isUnderWay(error)) return;
      stop();
      log.warn(
        { err: error },
        "Redis does not let its append-only file be rewritten: what jobs that are done said stays there until it does so by itself",
      );
    }
  }

  const timer = setInterval(() => void look(), Math.min(interval, LONGEST_LOOK_INTERVAL_MS)).unref();
  const stop = (): void => clearInterval(timer);
  void look();
  return stop;
}

async function rewrite(client: Redis): Promise<void> {
  const info = await client.info();
  const isSmall = Number(field(info, "used_memory") ?? 0) <= MAX_DATASET_BYTES;
  if (field(info, "aof_enabled") === "1" && isSmall) await client.bgrewriteaof();
}

function isUnderWay({ message }: Error): boolean {
  return message.includes("already in progress");
}
