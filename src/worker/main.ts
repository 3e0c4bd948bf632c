/** The worker alone: jobs on the queue → answers on Discord, and objects in the store. */
import { startProcess, JOBS_DEADLINE_MS } from "../process/start-process.ts";
import { openQueue } from "../queue/open-queue.ts";
import { openStore } from "../object-store/open-store.ts";
import { openWorker } from "./open-worker.ts";
import { runService } from "../cli/run-command.ts";

const USAGE = `Usage: npm run worker

Runs a worker alone until it is stopped (Ctrl+C): it takes jobs from the queue that QUEUE_URL names, answers them on Discord,
and writes to the store that STORE_URL names. Settings come from the environment and from the file .env
(docs/configuration.md).

  --help     print this text
  --version  print the version
`;

async function main(): Promise<void> {
  const { config, log, health, disposables } = await startProcess(process, "worker");
  const { observe } = health;
  const store = await openStore(config, { exclusive: true });
  disposables.defer(() => store.close());
  const { JOB_VISIBILITY_SECONDS: visibilitySeconds, JOB_RETRY_DELAY_MS: retryDelayMs } = config;
  const queue = await openQueue(config.QUEUE_URL, { log, observe, visibilitySeconds, retryDelayMs });
  disposables.defer(() => queue.close());
  const { DISCORD_TOKEN: token, DISCORD_API: api, DISCORD_CDN_ORIGINS: cdnOrigins } = config;
  const discord = { token, api, cdnOrigins };
  const worker = await openWorker(config, { discord, queue, store, observe, log, disposables });
  disposables.defer(() => worker.stop(JOBS_DEADLINE_MS));
  health.started({ queue, store, consumer: worker });
}

await runService(process, USAGE, main);
