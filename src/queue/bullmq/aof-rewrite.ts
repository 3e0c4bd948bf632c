import type { Redis } from "ioredis";
import type { Log } from "../../platform/log.ts";
import { infoField } from "./connection.ts";
import { KEY_PREFIX } from "./job-queue.ts";

/** Every worker checks at least this often whether a rewrite is due. */
const MAX_CHECK_INTERVAL_MS = 60_000;
/** A larger Redis probably serves other applications too, and a full copy every few minutes would cost them too much. */
const MAX_DATASET_BYTES = 512 * 1024 * 1024;

/**
 * Has Redis rewrite its append-only file at this interval. Until then, the file keeps deleted data: who asked for what, and with
 * which token. Redis itself rewrites the file only when it exceeds 64 MB, which may take months.
 * @returns a function that stops the rewrites
 * @see https://redis.io/docs/latest/commands/bgrewriteaof/
 */
export function rewriteAofRegularly(client: Redis, intervalMs: number, log: Log): () => void {
  async function rewriteIfDue(): Promise<void> {
    try {
      // Only the worker that sets the key starts the rewrite.
      const isDue = await client.set(`${KEY_PREFIX}:rewritten`, Date.now(), "PX", intervalMs, "NX");
      if (isDue === null) return;
      const info = await client.info();
      const isSmall = Number(infoField(info, "used_memory") ?? 0) <= MAX_DATASET_BYTES;
      if (infoField(info, "aof_enabled") === "1" && isSmall) await client.bgrewriteaof();
    } catch (error) {
      // Other errors are outages, which are logged elsewhere.
      if (!(error instanceof Error) || error.name !== "ReplyError") return;
      if (isStopped || error.message.includes("already in progress")) return;
      stop();
      log.warn(
        { err: error },
        "Redis does not allow BGREWRITEAOF: its append-only file keeps the data of finished jobs until Redis itself rewrites it",
      );
    }
  }

  const timer = setInterval(() => void rewriteIfDue(), Math.min(intervalMs, MAX_CHECK_INTERVAL_MS)).unref();
  let isStopped = false;
  function stop(): void {
    isStopped = true;
    clearInterval(timer);
  }
  void rewriteIfDue();
  return stop;
}
