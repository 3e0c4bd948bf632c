import { setTimeout as wait } from "node:timers/promises";
import { startLocalDiscord } from "../../local-discord/src/start.ts";
import { startBot } from "../../src/bot/bot.ts";
import { commands } from "../../src/commands/index.ts";
import { createLog } from "../../src/platform/log.ts";
import { sqsSender } from "../../src/queue/sqs/sqs-queue.ts";
import { startSqsServer } from "../../test/aws/sqs-server.ts";
import { startChild } from "../harness/child.ts";
import type { BenchS3 } from "../servers/s3.ts";

const log = createLog({ level: "error" });

/** Measures the milliseconds from the start of a worker's process to its answer to a `/hotdog` that waits in the queue. */
export async function firstRound({ settings }: BenchS3): Promise<number> {
  await using disposables = new AsyncDisposableStack();
  const discord = await startLocalDiscord({ port: 0 });
  disposables.defer(() => discord.close());
  const sqs = await startSqsServer();
  disposables.defer(() => sqs.close());
  const url = await sqs.createQueue("hotdog");
  await sqs.createQueue("hotdog-dead-letters");
  const jobs = await sqsSender(url);
  disposables.defer(() => jobs.close());
  const bot = await startBot({ token: discord.botToken, api: discord.api, commands, jobs, log });
  disposables.defer(() => bot.stop());
  const hotdog = discord.user("ketchup").command("hotdog");
  while ((await sqs.count("hotdog")).visible === 0) await wait(10);

  const started = performance.now();
  disposables.use(
    startChild(new URL("../../src/worker/main.ts", import.meta.url), {
      preload: new URL("../../src/platform/compile-cache.ts", import.meta.url),
      settings: {
        ...settings,
        DISCORD_TOKEN: discord.botToken,
        DISCORD_API: discord.api,
        DISCORD_CDN_ORIGINS: discord.cdn,
        QUEUE_URL: url,
        LABELER_SECRET: "the secret of the benchmarks",
        LOG_LEVEL: "error",
      },
    }),
  );
  await hotdog.answer({ timeout: 60_000 });
  return performance.now() - started;
}
