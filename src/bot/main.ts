/** The bot alone: what people do on Discord → jobs on the queue. */
import { begin } from "../begin.ts";
import { commands } from "../commands/index.ts";
import { openSender } from "../open-queue.ts";
import { exitWithReason } from "../start-error.ts";
import { startBot } from "./bot.ts";
import { readConfig } from "./config.ts";

async function main(): Promise<void> {
  const { config, log, health, opened, stop } = await begin(process, readConfig);
  const queue = await openSender(config.QUEUE_URL, { log });
  opened.defer(() => queue.close());
  const bot = await startBot({
    token: config.DISCORD_TOKEN,
    api: config.DISCORD_API,
    commands,
    privacyUrl: config.PRIVACY_URL,
    jobs: queue,
    observe: health.observe,
    log,
  });
  opened.defer(() => bot.stop());
  void bot.lost.then(stop);
  health.started({ gateway: bot, queue });
}

await main().catch((error: unknown) => exitWithReason(error, process));
