/** A worker alone: jobs on the queue → answers on Discord, and what is kept in the store. */
import { begin, JOBS_DEADLINE } from "../begin.ts";
import { openQueue } from "../open-queue.ts";
import { openStore } from "../open-store.ts";
import { openWorker } from "../open-worker.ts";
import { exitWithReason } from "../start-error.ts";
import { readConfig } from "./config.ts";

async function main(): Promise<void> {
  const { config, log, health, opened } = await begin(process, readConfig);
  const { observe } = health;
  const store = await openStore(config, { alone: true });
  opened.defer(() => store.close());
  const queue = await openQueue(config.QUEUE_URL, { log, observe });
  opened.defer(() => queue.close());
  const { DISCORD_TOKEN: token, DISCORD_API: api, DISCORD_CDN_ORIGINS: cdnOrigins } = config;
  const discord = { token, api, cdnOrigins };
  const worker = await openWorker(config, { discord, queue, store, observe, log, opened });
  opened.defer(() => worker.stop(JOBS_DEADLINE));
  health.started({ queue, store, consumer: worker });
}

await main().catch((error: unknown) => exitWithReason(error, process));
