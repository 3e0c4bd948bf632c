import { setTimeout as wait } from "node:timers/promises";
import { createLog } from "../src/platform/log.ts";
import { bullmqSender } from "../src/queue/bullmq/bullmq-queue.ts";
import type { OpenSender } from "../src/queue/queue.ts";
import { sqsSender } from "../src/queue/sqs/sqs-queue.ts";
import { freePort } from "../test/free-port.ts";
import { startChild, type Child } from "./child.ts";
import type { Servers } from "./stats-servers.ts";

const GLANCE = 20;

export const ENGINES = ["SQS", "BullMQ"] as const;
export type Engine = (typeof ENGINES)[number];

/** Workers on a queue, and who sends to it. All reach everything through the proxy. */
export interface Site extends AsyncDisposable {
  sender: OpenSender;
  /** Below which its objects lie in the bucket. */
  prefix: string;
  /** Process ids of the workers. */
  workers: readonly number[];
  /** Resolves when there are so many workers, and all take jobs. */
  haveWorkers(count: number): Promise<void>;
}

export async function openSite(engine: Engine, servers: Servers): Promise<Site> {
  const opened = new AsyncDisposableStack();
  const prefix = engine.toLowerCase();
  const queue = await servers.delayed(await queueOf(engine, servers));
  const log = createLog({ level: "error" });
  const sender = await (engine === "SQS" ? sqsSender(queue) : bullmqSender(queue, { log }));
  opened.defer(() => sender.close());
  const workers: Child[] = [];

  async function addWorker(): Promise<void> {
    const port = await freePort();
    const settings = {
      ...servers.settings,
      QUEUE_URL: queue,
      STORE_URL: `${servers.settings["STORE_URL"]}/${prefix}`,
      HEALTH_PORT: String(port),
    };
    workers.push(opened.use(startChild("../src/worker/main.ts", { settings })));
    while (!(await isReady(port))) await wait(GLANCE);
  }

  return {
    sender,
    prefix,
    get workers() {
      return workers.map(({ pid }) => pid);
    },
    haveWorkers: async (count) =>
      void (await Promise.all(Array.from({ length: count - workers.length }, addWorker))),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function queueOf(engine: Engine, { createQueue, redis }: Servers): Promise<string> {
  if (engine === "BullMQ") return redis.url(redis.nextDatabase());
  await createQueue("day-dead-letters");
  return createQueue("day");
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}
