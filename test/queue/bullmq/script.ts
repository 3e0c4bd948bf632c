const moduleAt = (path: string): string =>
  JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);

/** Arguments of a Node that runs a script with `queues`, a worker's for each address, quick about the jobs of dead workers. */
export function scriptOf(urls: string[], rest: string): string[] {
  const script = `
    import { once } from "node:events";
    import { createLog } from ${moduleAt("platform/log.ts")};
    import { bullmqQueue } from ${moduleAt("queue/bullmq/bullmq-queue.ts")};
    const log = createLog({ level: "silent" });
    const queues = await Promise.all(${JSON.stringify(urls)}.map((url) => bullmqQueue(url, { log, visibility: 1 })));
    ${rest}`;
  return ["--input-type=module", "--eval", script];
}
