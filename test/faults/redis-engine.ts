import { setTimeout as wait } from "node:timers/promises";
import { QueueEvents } from "bullmq";
import { jobQueue, KEY_PREFIX, QUEUE_NAME } from "../../src/queue/bullmq/job-queue.ts";
import { startRedis } from "../redis/redis-server.ts";
import { startTcpProxy } from "../redis/tcp-proxy.ts";
import type { Engine } from "./engine.ts";
import { waitForHit } from "./fault.ts";

/** Time between two lost responses. */
const LOSS_INTERVAL_MS = 250;
/** The prefix of the ids of copied jobs. */
const COPY_PREFIX = "again-";

/** Starts Redis behind a proxy. */
export async function redisEngine(): Promise<Engine> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startRedis());
  const proxy = stack.use(await startTcpProxy(server.port));
  const look = server.look();
  const queue = jobQueue(server.look());
  stack.defer(() => queue.close());
  const key = (name: string): string => `${KEY_PREFIX}:${QUEUE_NAME}:${name}`;
  const disposables = stack.move();

  /** Adds a second job with the same data, which goes to any free worker. */
  async function copy(id: string): Promise<boolean> {
    const job = await queue.getJob(id);
    if (job === undefined) return false;
    await queue.add(job.name, job.data, { ...job.opts, jobId: `${COPY_PREFIX}${id}` });
    return true;
  }

  return {
    name: "Redis",
    url: `redis://127.0.0.1:${proxy.port}`,
    accepted: async () => new Set((await look.keys(key("i-*"))).flatMap(namesIn)),

    async deadLetters() {
      const letters = await queue.getFailed();
      return new Map(
        letters.flatMap(({ id = "", failedReason }) => namesIn(id).map((name) => [name, failedReason])),
      );
    },

    async unfinished() {
      const lists = await Promise.all([look.llen(key("wait")), look.llen(key("active"))]);
      const delayed = await look.zcard(key("delayed"));
      return lists.reduce((sum, length) => sum + length, delayed);
    },

    async outage(milliseconds) {
      const cut = proxy.connections();
      await server.kill();
      await wait(milliseconds);
      await server.start();
      return cut;
    },

    async loseResponses(milliseconds) {
      const lost = proxy.resets();
      const end = performance.now() + milliseconds;
      while (performance.now() < end) {
        const before = proxy.resets();
        proxy.behave("lose");
        while (proxy.resets() === before && performance.now() < end) await wait(1);
        proxy.behave("pass");
        await wait(LOSS_INTERVAL_MS);
      }
      return proxy.resets() - lost;
    },

    async deliverTwice(milliseconds) {
      let copies = 0;
      const events = new QueueEvents(QUEUE_NAME, {
        connection: { port: server.port, host: "127.0.0.1", maxRetriesPerRequest: null },
        prefix: KEY_PREFIX,
      });
      disposables.defer(() => events.close());
      events.on("added", ({ jobId }) => {
        if (jobId.startsWith(COPY_PREFIX)) return;
        void copy(jobId).then((copied) => (copies += Number(copied)));
      });
      await wait(milliseconds);
      const count = await waitForHit(() => copies);
      events.removeAllListeners("added");
      return count;
    },

    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };
}

/** @param idOrKey ends with the id of a job, `i-<id>-<kind>` */
function namesIn(idOrKey: string): string[] {
  const [, id, kind] = /\bi-(\d+)-([a-z-]+)$/.exec(idOrKey) ?? [];
  return id === undefined ? [] : [`${kind} ${id}`];
}
