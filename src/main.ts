/** Bot and worker in one process. Without DISCORD_TOKEN it opens the local Discord and needs no account. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startProcess, JOBS_DEADLINE_MS } from "./process/start-process.ts";
import { startBot } from "./bot/bot.ts";
import { commands } from "./commands/index.ts";
import { openQueue } from "./queue/open-queue.ts";
import { openStore } from "./object-store/open-store.ts";
import { openWorker } from "./worker/open-worker.ts";
import { memoryQueue } from "./queue/memory.ts";
import { describeError } from "./platform/describe-error.ts";
import { StartError } from "./platform/start-error.ts";
import { HOTDOG_PREFIX, projectData } from "./project/project.ts";
import { runService } from "./cli/run-command.ts";

interface Discord {
  token: string;
  api: string;
  cdnOrigins: string[];
  /** Address of the page of the local Discord. */
  page?: string;
  /** The guild whose moderators look after the hot dogs. */
  homeGuildId: string | undefined;
}

const USAGE = `Usage: npm start

Runs the bot and a worker in one process until it is stopped (Ctrl+C). Without DISCORD_TOKEN, it opens the local Discord, which
needs neither an account nor a network, and prints its address. Settings come from the environment and from the file .env
(docs/configuration.md).

  --help     print this text
  --version  print the version
`;

async function main(): Promise<void> {
  const { config, log, health, disposables, stop } = await startProcess(process, "start");
  const { observe } = health;
  const store = await openStore(config, { exclusive: true });
  disposables.defer(() => store.close());
  const discord = await openDiscord();

  const { JOB_VISIBILITY_SECONDS: visibilitySeconds, JOB_RETRY_DELAY_MS: retryDelayMs } = config;
  const queue =
    config.QUEUE_URL.engine === "memory"
      ? memoryQueue({ log, observe, retryDelayMs })
      : await openQueue(config.QUEUE_URL, { log, observe, visibilitySeconds, retryDelayMs });
  disposables.defer(() => queue.close());
  const worker = await openWorker(config, { discord, queue, store, observe, log, disposables });
  disposables.defer(async () => {
    const undone = await queue.drain?.(JOBS_DEADLINE_MS);
    if (undone === undefined) return worker.stop(JOBS_DEADLINE_MS);
    await worker.stop(0);
    if (undone.length > 0) throw new Error(`these jobs were not finished and are lost: ${undone.join(", ")}`);
  });

  const bot = await startBot({
    ...discord,
    commands,
    privacyUrl: config.PRIVACY_URL,
    minViewMs: config.LABEL_MIN_VIEW_MS,
    jobs: queue,
    observe,
    log,
  });
  disposables.defer(() => bot.stop());
  void bot.lost.then(stop);
  health.started({ gateway: bot, queue, store, consumer: worker });
  if (discord.page !== undefined)
    log.info(`the local Discord is open at ${discord.page} – try /stats 3 5 8 and /hotdog`);

  async function openDiscord(): Promise<Discord> {
    const { DISCORD_TOKEN: token, DISCORD_API: api, DISCORD_CDN_ORIGINS: cdnOrigins } = config;
    if (token !== undefined) return { token, api, cdnOrigins, homeGuildId: config.HOME_GUILD_ID };
    if (existsSync(".env"))
      log.warn(
        ".env sets no DISCORD_TOKEN, so this opens the local Discord; nothing is sent to the real one",
      );
    const { PLAYGROUND_PORT: port, STORE_URL: address } = config;
    // Loaded on demand: a server that uses the real Discord need not have it installed.
    const { startLocalDiscord } = await import("../local-discord/src/start.ts");
    const discord = await startLocalDiscord({
      port,
      folder: join(address.engine === "disk" ? address.folder : "data", "playground"),
      botName: "hotdog-bot",
      guildName: "Hot Dog Stand",
      log: (line) => log.error(line),
    }).catch((error: unknown) => {
      throw new StartError(describeError(error), { cause: error });
    });
    disposables.defer(() => discord.close());
    const { images } = projectData(store, HOTDOG_PREFIX);
    if ((await images.candidates("0")).length === 0) {
      const { addStarter } = await import("./cli/import/starter-images.ts");
      const { added } = await addStarter(images);
      log.info({ added }, "the image set was empty; the starter images were added");
    }
    const { botToken, api: localApi, cdn, page } = discord;
    return { token: botToken, api: localApi, cdnOrigins: [cdn], page, homeGuildId: discord.guildId };
  }
}

await runService(process, USAGE, main);
