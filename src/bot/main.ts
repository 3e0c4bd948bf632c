/** The bot alone: what people do on Discord → jobs on the queue. */
import { startProcess } from "../process/start-process.ts";
import { commands } from "../commands/index.ts";
import { openSender } from "../queue/open-queue.ts";
import { CANNOT_START, exitWithReason } from "../platform/start-error.ts";
import { startBot } from "./bot.ts";
import { readConfig } from "../process/bot-config.ts";
import { parseNoArguments, parseCommand } from "../cli/parse-command.ts";

const USAGE = `Usage: npm run bot

Runs the bot alone until it is stopped (Ctrl+C): what people do on Discord becomes jobs on the queue that QUEUE_URL names,
for the workers (npm run worker).

Settings come from the environment and from a file .env; .env.example lists them.

  --help  this text
`;

async function main(): Promise<void> {
  if (parseCommand(process, USAGE, parseNoArguments) === undefined) return;
  const { config, log, health, disposables, stop } = await startProcess(process, readConfig);
  const queue = await openSender(config.QUEUE_URL, { log });
  disposables.defer(() => queue.close());
  const bot = await startBot({
    token: config.DISCORD_TOKEN,
    api: config.DISCORD_API,
    commands,
    privacyUrl: config.PRIVACY_URL,
    jobs: queue,
    observe: health.observe,
    log,
  });
  disposables.defer(() => bot.stop());
  void bot.lost.then(stop);
  health.started({ gateway: bot, queue });
}

await main().catch((error: unknown) => exitWithReason(error, process, CANNOT_START));
