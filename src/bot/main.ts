/** Runs the bot without a worker: interactions on Discord become jobs on the queue. */
import { startProcess } from "../process/start-process.ts";
import { commands } from "../commands/index.ts";
import { openSender } from "../queue/open-queue.ts";
import { startBot } from "./bot.ts";
import { runService } from "../cli/run-command.ts";

const USAGE = `Usage: npm run bot

Runs the bot alone until it is stopped (Ctrl+C): it turns what people do on Discord into jobs on the queue that QUEUE_URL names,
for the workers (npm run worker). Settings come from the environment and from the file .env (docs/configuration.md).

  --help     print this text
  --version  print the version
`;

async function main(): Promise<void> {
  const { config, log, health, disposables, stop } = await startProcess(process, "bot");
  const queue = await openSender(config.QUEUE_URL, { log });
  disposables.defer(() => queue.close());
  const bot = await startBot({
    token: config.DISCORD_TOKEN,
    api: config.DISCORD_API,
    commands,
    privacyUrl: config.PRIVACY_URL,
    homeGuildId: config.HOME_GUILD_ID,
    minViewMs: config.LABEL_MIN_VIEW_MS,
    jobs: queue,
    observe: health.observe,
    log,
  });
  disposables.defer(() => bot.stop());
  void bot.lost.then(stop);
  health.started({ gateway: bot, queue });
}

await runService(process, USAGE, main);
