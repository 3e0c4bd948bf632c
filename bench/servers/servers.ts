import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startBot } from "../../src/bot/bot.ts";
import { commands } from "../../src/commands/index.ts";
import { createLog } from "../../src/platform/log.ts";
import type { Job } from "../../src/jobs/job.ts";
import { startRedis, type RedisServer } from "../../test/redis/redis-server.ts";
import { startChild, type Child } from "../harness/child.ts";
import { startS3, type BenchS3 } from "./s3.ts";

/** Number of interactions that are sent to the bot at once. */
const BATCH = 200;
/** A little longer than the 3 seconds that Discord gives a bot to acknowledge an interaction. */
const ACKNOWLEDGEMENT_TIMEOUT_MS = 4_000;

const addresses = z.object({ api: z.url(), cdn: z.url(), token: z.string() });

export interface Servers {
  s3: BenchS3;
  redis: RedisServer;
  /** Creates a queue on the SQS server and resolves with its URL. */
  createQueue: (name: string) => Promise<string>;
  /** Sends this many `/stats`, lets the real bot acknowledge them, and resolves with the jobs it makes of them. */
  makeStatsJobs: (count: number) => Promise<Job[]>;
  /** Resolves when all of these interactions are answered. Rejects if one has a wrong answer, or more than one. */
  checkAnswers: (ids: readonly string[]) => Promise<void>;
  /** Resolves when all of these interactions are answered, with the time of each answer by the shared clock. */
  answerTimes: (ids: readonly string[]) => Promise<number[]>;
  /** Posts pictures on Discord and resolves with their URLs. */
  post: (pictures: readonly Buffer[]) => Promise<string[]>;
  /** Environment variables for the measured processes, which reach all servers through the proxy. */
  settings: Record<string, string>;
  /** Resolves with a URL that reaches the given one through the proxy. */
  viaProxy: (address: string) => Promise<string>;
  /** Sets the round-trip delay of the proxy, in milliseconds. */
  setDelay: (roundTrip: number) => Promise<void>;
  /** Process ids by server. */
  pids: Readonly<Record<string, number>>;
}

/**
 * Starts Discord, S3, SQS, Redis and the proxy in front of them, each in a separate process.
 * @param disposables stops them when it is disposed of
 */
export async function startServers(disposables: AsyncDisposableStack): Promise<Servers> {
  const start = (script: string): Child => disposables.use(startChild(new URL(script, import.meta.url)));
  const [sqs, discord, proxy] = [
    start("./sqs-process.ts"),
    start("./discord-process.ts"),
    start("./proxy-process.ts"),
  ];
  const [{ api, cdn, token }, s3, redis] = await Promise.all([
    discord.ask().then((message) => addresses.parse(message)),
    startS3({ images: 0, rows: 0 }).then((server) => disposables.use(server)),
    startRedis().then((server) => disposables.use(server)),
    sqs.ask(),
  ]);

  async function viaProxy(address: string): Promise<string> {
    const url = new URL(address);
    url.port = String(await proxy.ask({ to: Number(url.port) }));
    return url.href.replace(/\/$/, "");
  }

  const delayedCdn = await viaProxy(cdn);

  return {
    s3,
    redis,
    viaProxy,
    pids: { S3: s3.pid, SQS: sqs.pid, Discord: discord.pid, proxy: proxy.pid, Redis: await pidOf(redis) },
    createQueue: async (name) => z.string().parse(await sqs.ask(name)),

    async makeStatsJobs(count) {
      const jobs: Job[] = [];
      const log = createLog({ level: "error" });
      const queue = { send: async (job: Job) => void jobs.push(job) };
      const bot = await startBot({ token, api, commands, jobs: queue, log });
      for (let asked = 0; jobs.length < count;) {
        const batch = Math.min(BATCH, count - asked);
        await discord.ask({ ask: batch });
        asked += batch;
        const sent = performance.now();
        // While the bot acknowledges the rest, Discord sends the next batch.
        const enough = asked < count ? asked - BATCH : count;
        while (jobs.length < enough && performance.now() - sent < ACKNOWLEDGEMENT_TIMEOUT_MS) await wait(1);
        // On a busy machine the bot is too late for some interactions, which then make no jobs.
        if (jobs.length < enough) asked = jobs.length;
      }
      await bot.stop();
      return jobs.slice(0, count);
    },

    checkAnswers: async (ids) => void (await discord.ask({ check: ids })),
    answerTimes: async (ids) => z.array(z.number()).parse(await discord.ask({ answered: ids })),
    async post(pictures) {
      const posted = await discord.ask({ post: pictures.map((picture) => picture.toString("base64")) });
      return z
        .array(z.string())
        .parse(posted)
        .map((url) => url.replace(cdn, delayedCdn));
    },
    setDelay: async (roundTrip) => void (await proxy.ask({ delay: roundTrip / 2 })),
    settings: {
      ...s3.settings,
      AWS_ENDPOINT_URL_S3: await viaProxy(s3.settings["AWS_ENDPOINT_URL_S3"] ?? ""),
      DISCORD_TOKEN: token,
      DISCORD_API: await viaProxy(api),
      DISCORD_CDN_ORIGINS: delayedCdn,
      LABELER_SECRET: "the secret of the benchmarks",
    },
  };
}

export async function pidOf(redis: RedisServer): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await redis.look().info("server"))?.[1]);
}
