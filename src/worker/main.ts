/** A worker alone: jobs on the queue → answers on Discord, and what is kept in the store. */
import { startProcess, JOBS_DEADLINE } from "../process/start-process.ts";
import { openQueue } from "../queue/open-queue.ts";
import { openStore } from "../object-store/open-store.ts";
import { openWorker } from "./open-worker.ts";
import { CANNOT_START, exitWithReason } from "../platform/start-error.ts";
import { readConfig } from "../process/worker-config.ts";
import { parseNoArguments, parseCommand } from "../cli/parse-command.ts";

const USAGE = `Usage: npm run worker

Runs a worker alone until it is stopped (Ctrl+C): it takes jobs from the queue that QUEUE_URL names, answers them on Discord,
and keeps what is to be kept in the store that STORE_URL names.

Settings come from the environment and from a file .env; .env.example lists them.

  --help  this text
`;

async function main(): Promise<void> {
  if (parseCommand(process, USAGE, parseNoArguments) === undefined) return;
  const { config, log, health, disposables } = await startProcess(process, readConfig);
  const { observe } = health;
  const store = await openStore(config, { alone: true });
  disposables.defer(() => store.close());
  const { JOB_VISIBILITY_SECONDS: visibilitySeconds, JOB_RETRY_DELAY_MS: retryDelayMs } = config;
  const queue = await openQueue(config.QUEUE_URL, { log, observe, visibilitySeconds, retryDelayMs });
  disposables.defer(() => queue.close());
  const { DISCORD_TOKEN: token, DISCORD_API: api, DISCORD_CDN_ORIGINS: cdnOrigins } = config;
  const discord = { token, api, cdnOrigins };
  const worker = await openWorker(config, { discord, queue, store, observe, log, disposables });
  disposables.defer(() => worker.stop(JOBS_DEADLINE));
  health.started({ queue, store, consumer: worker });
}

await main().catch((error: unknown) => exitWithReason(error, process, CANNOT_START));
