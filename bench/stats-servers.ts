import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startBot } from "../src/bot/bot.ts";
import { commands } from "../src/commands/index.ts";
import { createLog } from "../src/platform/log.ts";
import type { Job } from "../src/jobs/job.ts";
import { startRedis, type RedisServer } from "../test/redis/redis-server.ts";
import { startChild } from "./child.ts";
import { startS3, type BenchS3 } from "./s3.ts";

/** Interactions that wait for the bot at a time. */
const AT_A_TIME = 200;
/** Milliseconds; a little longer than Discord gives the bot for each. */
const TOO_LATE = 4_000;

const addresses = z.object({ api: z.url(), cdn: z.url(), token: z.string() });

export interface Servers {
  s3: BenchS3;
  redis: RedisServer;
  /** Makes a queue of this name on the SQS server; resolves with its address. */
  createQueue: (name: string) => Promise<string>;
  /** Has somebody ask for stats so often. The real bot acknowledges that; its jobs come back here. */
  ask: (count: number) => Promise<Job[]>;
  /** Resolves when each of these interactions has been answered; rejects when one is not answered as it is to be. */
  checkAnswers: (ids: readonly string[]) => Promise<void>;
  /** Resolves when each of these interactions has been answered, with when, by the shared clock. */
  answered: (ids: readonly string[]) => Promise<number[]>;
  /** Has somebody post these pictures; resolves with their addresses. */
  post: (pictures: readonly Buffer[]) => Promise<string[]>;
  /** For the processes that are measured: they reach everything through the proxy. */
  settings: Record<string, string>;
  /** The address, as seen through the proxy. */
  delayed: (address: string) => Promise<string>;
  /** Milliseconds that an exchange of bytes through the proxy takes at the least, from now on. */
  setDelay: (exchange: number) => Promise<void>;
  /** Process ids, by name. */
  pids: Readonly<Record<string, number>>;
}

/** Discord, S3, SQS, Redis and the proxy before them, each in a process of its own, closed with `opened`. */
export async function startServers(opened: AsyncDisposableStack): Promise<Servers> {
  const s3 = opened.use(await startS3({ images: 0, rows: 0 }));
  const redis = opened.use(await startRedis());
  const sqs = opened.use(startChild("sqs-process.ts"));
  await sqs.ask();
  const discord = opened.use(startChild("discord-process.ts"));
  const { api, cdn, token } = addresses.parse(await discord.ask());
  const proxy = opened.use(startChild("proxy-process.ts"));

  async function delayed(address: string): Promise<string> {
    const url = new URL(address);
    url.port = String(await proxy.ask({ to: Number(url.port) }));
    return url.href.replace(/\/$/, "");
  }

  const delayedCdn = await delayed(cdn);

  return {
    s3,
    redis,
    delayed,
    pids: { S3: s3.pid, SQS: sqs.pid, Discord: discord.pid, proxy: proxy.pid, Redis: await pidOf(redis) },
    createQueue: async (name) => z.string().parse(await sqs.ask(name)),

    async ask(count) {
      const jobs: Job[] = [];
      const log = createLog({ level: "error" });
      const taken = { send: async (job: Job) => void jobs.push(job) };
      const bot = await startBot({ token, api, commands, jobs: taken, log });
      while (jobs.length < count) {
        const wanted = Math.min(jobs.length + AT_A_TIME, count);
        await discord.ask({ ask: wanted - jobs.length });
        const asked = performance.now();
        // On a machine with much else to do, the bot may be too late for some: they are no jobs.
        while (jobs.length < wanted && performance.now() - asked < TOO_LATE) await wait(1);
      }
      await bot.stop();
      return jobs.slice(0, count);
    },

    checkAnswers: async (ids) => void (await discord.ask({ check: ids })),
    answered: async (ids) => z.array(z.number()).parse(await discord.ask({ answered: ids })),
    async post(pictures) {
      const posted = await discord.ask({ post: pictures.map((picture) => picture.toString("base64")) });
      return z
        .array(z.string())
        .parse(posted)
        .map((url) => url.replace(cdn, delayedCdn));
    },
    setDelay: async (exchange) => void (await proxy.ask({ delay: exchange / 2 })),
    settings: {
      ...s3.settings,
      AWS_ENDPOINT_URL_S3: await delayed(s3.settings["AWS_ENDPOINT_URL_S3"] ?? ""),
      DISCORD_TOKEN: token,
      DISCORD_API: await delayed(api),
      DISCORD_CDN_ORIGINS: delayedCdn,
      LABELER_SECRET: "a secret of the bench",
    },
  };
}

async function pidOf(redis: RedisServer): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await redis.look().info("server"))?.[1]);
}
