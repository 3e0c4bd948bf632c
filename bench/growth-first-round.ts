import { setTimeout as wait } from "node:timers/promises";
import { startLocalDiscord } from "../local-discord/src/start.ts";
import { startBot } from "../src/bot/bot.ts";
import { commands } from "../src/commands/index.ts";
import { createLog } from "../src/platform/log.ts";
import { sqsSender } from "../src/queue/sqs/sqs-queue.ts";
import { startSqsServer } from "../test/aws/sqs-server.ts";
import { startChild } from "./child.ts";
import type { BenchS3 } from "./s3.ts";

const log = createLog({ level: "error" });

/**
 * Milliseconds from the start of a worker's process to the answer to a `/hotdog` that waits for it in the queue.
 */
export async function firstRound({ settings }: BenchS3): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const discord = await startLocalDiscord({ port: 0 });
  opened.defer(() => discord.close());
  const sqs = await startSqsServer();
  opened.defer(() => sqs.close());
  const url = await sqs.createQueue("hotdog");
  await sqs.createQueue("hotdog-dead-letters");
  const jobs = await sqsSender(url);
  opened.defer(() => jobs.close());
  const bot = await startBot({ token: discord.botToken, api: discord.api, commands, jobs, log });
  opened.defer(() => bot.stop());
  const hotdog = discord.user("ketchup").command("hotdog");
  while ((await sqs.count("hotdog")).visible === 0) await wait(10);

  const started = performance.now();
  opened.use(
    startChild("../src/worker/main.ts", {
      preload: "../src/platform/compile-cache.ts",
      settings: {
        ...settings,
        DISCORD_TOKEN: discord.botToken,
        DISCORD_API: discord.api,
        DISCORD_CDN_ORIGINS: discord.cdn,
        QUEUE_URL: url,
        LABELER_SECRET: "a secret of the bench",
        LOG_LEVEL: "error",
      },
    }),
  );
  await hotdog.answer({ timeout: 60_000 });
  return performance.now() - started;
}
