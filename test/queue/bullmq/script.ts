const moduleAt = (path: string): string =>
  JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);

/** Makes the arguments for Node to run a script that has one opened queue per URL in `queues`, with a short visibility timeout. */
export function scriptOf(urls: string[], rest: string): string[] {
  const script = `
    import { once } from "node:events";
    import { createLog } from ${moduleAt("platform/log.ts")};
    import { bullmqQueue } from ${moduleAt("queue/bullmq/bullmq-queue.ts")};
    const log = createLog({ level: "silent" });
    const queues = await Promise.all(${JSON.stringify(urls)}.map((url) => bullmqQueue(url, { log, visibilitySeconds: 1 })));
    ${rest}`;
  return ["--input-type=module", "--eval", script];
}
