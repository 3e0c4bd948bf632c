import type { HotdogUploaders } from "../labeling/project-settings.ts";
import type { ImageOrder } from "../labeling/priority.ts";
import type { Health } from "../process/health/health.ts";
import type { Log } from "../platform/log.ts";
import { openReplySender } from "../queue/open-queue.ts";
import { openLabelerSecret } from "../object-store/open-store.ts";
import type { Consumer, JobQueue } from "../queue/queue.ts";
import { textCreator, type ObjectStore } from "../object-store/object-store.ts";
import { imageFolderUrl } from "../object-store/store-address.ts";
import { projectsIn } from "../project/projects.ts";
import { answers } from "./answers.ts";
import { startWorker } from "./worker.ts";

type Config = Parameters<typeof openReplySender>[0] &
  Parameters<typeof openLabelerSecret>[0] & {
    WORKER_CONCURRENCY: number;
    HOTDOG_CHOOSE: ImageOrder;
    HOTDOG_SETTLE: number;
    HOTDOG_UPLOADS: HotdogUploaders;
  };

interface Parts {
  discord: { token: string; api: string; cdnOrigins: readonly string[] };
  queue: JobQueue;
  store: ObjectStore;
  observe: Health["observe"];
  log: Log;
  /** Receives what must be closed after the worker. The caller stops the worker itself. */
  disposables: AsyncDisposableStack;
}

/**
 * Starts a worker as configured, with its replies to clients without Discord.
 * @throws StartError if the store or the reply queue cannot be used
 */
export async function openWorker(
  config: Config,
  { discord, queue, store, observe, log, disposables }: Parts,
): Promise<Consumer> {
  const { token, api, cdnOrigins } = discord;
  const replies = await openReplySender(config, { log });
  disposables.defer(() => replies?.close());
  const secret = await openLabelerSecret(config);
  return startWorker({
    queue,
    projects: projectsIn(store, {
      secret,
      hotdogsSettleAt: config.HOTDOG_SETTLE,
      log,
      observe,
      now: Date.now,
      random: Math.random,
    }),
    createText: textCreator(store),
    replies,
    answers: answers({ token, api, now: Date.now }),
    cdnOrigins,
    imagesAt: (prefix) => imageFolderUrl(config.STORE_URL, prefix),
    defaultOrder: config.HOTDOG_CHOOSE,
    hotdogUploads: config.HOTDOG_UPLOADS,
    concurrency: config.WORKER_CONCURRENCY,
    observe,
    log,
  });
}
