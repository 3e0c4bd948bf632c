/** A worker alone: jobs on the queue → answers on Discord, and what is kept in the store. */
import { begin, JOBS_DEADLINE } from "../begin.ts";
import { openQueue, openReplySender } from "../open-queue.ts";
import { openLabelerSecret, openStore } from "../open-store.ts";
import { exitWithReason } from "../start-error.ts";
import { answers } from "./answers.ts";
import { readConfig } from "./config.ts";
import { startWorker } from "./worker.ts";

async function main(): Promise<void> {
  const { config, log, health, opened } = await begin(process, readConfig);
  const { observe } = health;
  const store = await openStore(config, { alone: true });
  opened.defer(() => store.close());
  const queue = await openQueue(config.QUEUE_URL, { log, observe });
  opened.defer(() => queue.close());
  const replies = await openReplySender(config, { log });
  opened.defer(() => replies?.close());
  const worker = startWorker({
    queue,
    store,
    replies,
    answers: answers({ token: config.DISCORD_TOKEN, api: config.DISCORD_API, now: Date.now }),
    labelerSecret: await openLabelerSecret(config),
    cdnOrigins: config.DISCORD_CDN_ORIGINS,
    concurrency: config.WORKER_CONCURRENCY,
    observe,
    log,
  });
  opened.defer(() => worker.stop(JOBS_DEADLINE));
  health.started({ queue, store, consumer: worker });
}

await main().catch((error: unknown) => exitWithReason(error, process));
