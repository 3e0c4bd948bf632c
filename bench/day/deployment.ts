import { createLog } from "../../src/platform/log.ts";
import { bullmqSender } from "../../src/queue/bullmq/bullmq-queue.ts";
import type { OpenSender } from "../../src/queue/queue.ts";
import { sqsSender } from "../../src/queue/sqs/sqs-queue.ts";
import { freePort } from "../../test/free-port.ts";
import { startChild } from "../harness/child.ts";
import { untilReady } from "../servers/health.ts";
import type { Servers } from "../servers/servers.ts";

/** This checkout of the repository. */
const THIS_CHECKOUT = new URL("../../", import.meta.url);

export const ENGINES = ["SQS", "BullMQ"] as const;
export type Engine = (typeof ENGINES)[number];

/** A queue with its sender and a worker, which reach all servers through the proxy. */
export interface Deployment extends AsyncDisposable {
  sender: OpenSender;
  /** The prefix of its objects in the bucket. */
  prefix: string;
  /** Process id of the worker. */
  worker: number;
}

/**
 * Resolves when the worker is ready.
 * @param checkout the folder of the checkout whose worker is run; the sender is always that of this one
 */
export async function startDeployment(
  engine: Engine,
  servers: Servers,
  checkout: URL = THIS_CHECKOUT,
): Promise<Deployment> {
  const disposables = new AsyncDisposableStack();
  const prefix = checkout === THIS_CHECKOUT ? engine.toLowerCase() : `other-${engine.toLowerCase()}`;
  const queue = await servers.viaProxy(await createQueueOn(engine, servers, prefix));
  const log = createLog({ level: "error" });
  const sender = await (engine === "SQS" ? sqsSender(queue) : bullmqSender(queue, { log }));
  disposables.defer(() => sender.close());
  const port = await freePort();
  const settings = {
    ...servers.settings,
    QUEUE_URL: queue,
    STORE_URL: `${servers.settings["STORE_URL"]}/${prefix}`,
    HEALTH_PORT: String(port),
  };
  const worker = disposables.use(startChild(new URL("src/worker/main.ts", checkout), { settings }));
  await untilReady(port);
  return {
    sender,
    prefix,
    worker: worker.pid,
    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };
}

async function createQueueOn(engine: Engine, { createQueue, redis }: Servers, name: string): Promise<string> {
  if (engine === "BullMQ") return redis.url(redis.nextDatabase());
  await createQueue(`${name}-dead-letters`);
  return createQueue(name);
}
