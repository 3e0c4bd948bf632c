import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execPath, env } from "node:process";
import { startPlayground } from "../playground/start.ts";
import { startBot } from "../src/bot/bot.ts";
import { commands } from "../src/commands/index.ts";
import { createLog } from "../src/log.ts";
import { sqsSender } from "../src/queue/sqs.ts";
import { imageSet } from "../src/store/image-set.ts";
import { labelFile } from "../src/store/label-file.ts";
import { postRound } from "../src/worker/jobs/hotdog.ts";
import { keepPress } from "../src/worker/jobs/press.ts";
import { pictureMaker } from "../src/worker/picture.ts";
import { startSqsServer } from "../test/aws/sqs-server.ts";
import { imageNumber, ROWS_OF_A_PART } from "./content.ts";
import { pressJobs } from "./press-jobs.ts";
import { figureOf, median, type Figure } from "./report.ts";
import { startS3, type BenchS3 } from "./s3.ts";
import { PUT_TIME, READ_TIME } from "./slow-store.ts";

const ROUNDS = 3;
/** Rounds of images in each round of the bench. */
const HOTDOGS = 20;

const SMALL = { images: 20, rows: 10_000 };
const MIDDLE = { images: 10_000, rows: 10_000 };
const LARGE = { images: 1_000_000, rows: 1_000_000 };

const log = createLog({ level: "error" });
const delivery = { attempt: 1, last: false };

interface Costs {
  /** Milliseconds and bytes of one press, over one whole part. */
  press: { time: number; bytes: number };
  /** Milliseconds and bytes of a round of 4 images. */
  round: { time: number; bytes: number };
  /** Milliseconds from the start of a worker's process to the answer to a `/hotdog` that waited for it. */
  firstRound: number;
}

/**
 * What a press costs at 10⁴ and at 10⁶ rows, and a round at 20, 10⁴ and 10⁶ images, on S3; sizes in turns. Presses one
 * after the other on a server without latency, where a difference shows most; rounds with that of S3.
 */
export async function growth(): Promise<Figure[]> {
  await using small = await startS3(SMALL);
  await using middle = await startS3(MIDDLE);
  await using large = await startS3(LARGE);
  const costs: [small: Costs, middle: Costs, large: Costs][] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    costs.push([await costsAt(small), await costsAt(middle), await costsAt(large)]);
  const times = (pick: (costs: [Costs, Costs, Costs]) => number): number[] => costs.map(pick);
  return [
    figureOf(
      "press at 10⁴ rows",
      times(([small]) => small.press.time),
      "ms",
    ),
    figureOf(
      "press at 10⁶ rows",
      times(([, , large]) => large.press.time),
      "ms",
    ),
    figureOf(
      "press, 10⁶ ÷ 10⁴ rows, time",
      times(([small, , large]) => large.press.time / small.press.time),
      "×",
      {
        atMost: 1.2,
      },
    ),
    figureOf(
      "press, 10⁶ ÷ 10⁴ rows, bytes",
      times(([small, , large]) => large.press.bytes / small.press.bytes),
      "×",
      {
        atMost: 1.2,
      },
    ),
    figureOf(
      "bytes of a press at 10⁶ rows",
      times(([, , large]) => large.press.bytes / 1024),
      "KiB",
    ),
    figureOf(
      "round at 20 images",
      times(([small]) => small.round.time),
      "ms",
    ),
    figureOf(
      "round at 10⁴ images",
      times(([, middle]) => middle.round.time),
      "ms",
    ),
    figureOf(
      "round at 10⁶ images",
      times(([, , large]) => large.round.time),
      "ms",
    ),
    figureOf(
      "round, 10⁴ ÷ 20 images",
      times(([small, middle]) => middle.round.time / small.round.time),
      "×",
      {
        atMost: 1.5,
      },
    ),
    figureOf(
      "round, 10⁶ ÷ 20 images",
      times(([small, , large]) => large.round.time / small.round.time),
      "×",
      {
        atMost: 1.5,
      },
    ),
    figureOf(
      "worker's start to its first round, slowest of the sizes",
      times((all) => Math.max(...all.map(({ firstRound }) => firstRound))),
      "ms",
      { atMost: 2_000 },
    ),
  ];
}

async function costsAt(s3: BenchS3): Promise<Costs> {
  await s3.setLatency({ putTime: 0, readTime: 0 });
  const press = await pressCost(s3);
  await s3.setLatency({ putTime: PUT_TIME, readTime: READ_TIME });
  return { press, round: await roundCost(s3), firstRound: await firstRound(s3) };
}

/** One press after the other, each with its own PUT, from one fill of the last part to the same fill of the next. */
async function pressCost({ store, traffic }: BenchS3): Promise<Costs["press"]> {
  const context = {
    answers: { give: async () => new Date() },
    images: imageSet(store),
    labels: labelFile(store, { log, now: Date.now, random: Math.random }),
    labelerSecret: "a secret of the bench",
  };
  const press = async (count: number): Promise<void> => {
    for (const job of pressJobs(count, imageNumber(0))) await keepPress(job, delivery, context);
  };
  await press(20);
  const before = await traffic();
  const started = performance.now();
  await press(ROWS_OF_A_PART);
  const time = performance.now() - started;
  const after = await traffic();
  return { time: time / ROWS_OF_A_PART, bytes: (after.bytes - before.bytes) / ROWS_OF_A_PART };
}

async function roundCost({ store, traffic }: BenchS3): Promise<Costs["round"]> {
  let given = 0;
  const answers = {
    give: async () => {
      given += 1;
      return new Date();
    },
    tellPrivately: async () => {},
  };
  const context = { answers, images: imageSet(store), makePicture: pictureMaker(log) };
  const times: number[] = [];
  let bytes = 0;
  for (const { interaction } of pressJobs(HOTDOGS + 1)) {
    const before = await traffic();
    const started = performance.now();
    await postRound({ kind: "hotdog", interaction, roundLocale: "en-US" }, delivery, context);
    times.push(performance.now() - started);
    bytes += (await traffic()).bytes - before.bytes;
  }
  if (given !== HOTDOGS + 1) throw new Error("not every round was posted");
  // The first warms up.
  return { time: median(times.slice(1)), bytes: bytes / times.length };
}

/** The `/hotdog` waits in the queue when the worker's process starts. */
async function firstRound({ settings }: BenchS3): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const discord = await startPlayground({ port: 0 });
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
  const worker = spawn(execPath, [join(import.meta.dirname, "../src/worker/main.ts")], {
    env: {
      PATH: env["PATH"],
      ...settings,
      DISCORD_TOKEN: discord.botToken,
      DISCORD_API: discord.api,
      DISCORD_CDN_ORIGINS: discord.cdn,
      QUEUE_URL: url,
      LABELER_SECRET: "a secret of the bench",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  opened.defer(async () => {
    worker.kill("SIGKILL");
    await once(worker, "exit");
  });
  await hotdog.answer({ timeout: 60_000 });
  return performance.now() - started;
}
