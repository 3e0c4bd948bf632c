import { setTimeout as wait } from "node:timers/promises";
import { startPlayground } from "../playground/start.ts";
import { startBot } from "../src/bot/bot.ts";
import { commands } from "../src/commands/index.ts";
import { createLog } from "../src/log.ts";
import { sqsSender } from "../src/queue/sqs.ts";
import { forgetting } from "../src/store/forgetting.ts";
import { imageSet } from "../src/store/image-set.ts";
import { labelFile } from "../src/store/label-file.ts";
import { postRound } from "../src/worker/jobs/hotdog.ts";
import { keepPress } from "../src/worker/jobs/press.ts";
import { pictureMaker } from "../src/worker/picture.ts";
import { startSqsServer } from "../test/aws/sqs-server.ts";
import { startChild } from "./child.ts";
import { imageNumber, ROWS_OF_A_PART } from "./content.ts";
import { progressTimes } from "./progress.ts";
import { pressJobs } from "./press-jobs.ts";
import { figureOf, median, worstOf, type Figure } from "./report.ts";
import { startS3, type BenchS3 } from "./s3.ts";
import { PUT_TIME, READ_TIME } from "./slow-store.ts";

const ROUNDS = 3;
/** Rounds of images in each round of the bench. */
const HOTDOGS = 6;

/**
 * About 10⁴ and 10⁶ rows, in full parts, so that presses meet parts of the same length; beside as few images: a server with a million
 * keys is slower for reasons of its own.
 */
const ROWS = [10_000, 1_000_000].map((rows) => Math.ceil(rows / ROWS_OF_A_PART) * ROWS_OF_A_PART);
/** Presses that are not measured. */
const WARM_UP = 20;
/** In each round; all rounds together fill a part. */
const PRESSES = Math.floor(ROWS_OF_A_PART / ROUNDS) - WARM_UP;
const IMAGES = [20, 10_000, 1_000_000] as const;

const log = createLog({ level: "error" });
const delivery = { attempt: 1, last: false };

/** Milliseconds and bytes of bodies. */
interface Cost {
  time: number;
  bytes: number;
}

interface Round {
  /** One press, over a third of a part, at each number of rows. */
  presses: Cost[];
  /** A round of 4 images, at each number of images. */
  rounds: Cost[];
  /** Milliseconds from the start of a worker's process to the answer to a `/hotdog` that waited for it, likewise. */
  first: number[];
}

/**
 * What a press costs at 10⁴ and at 10⁶ rows, and a round at 20, 10⁴ and 10⁶ images, on S3; sizes in turns, each first once.
 * Presses one after the other on a server without latency, where a difference shows most; rounds with that of S3.
 */
export async function growth(): Promise<Figure[]> {
  const done: Round[] = [];
  await using opened = new AsyncDisposableStack();
  const contents = [
    ...ROWS.map((rows) => ({ images: 20, rows })),
    ...IMAGES.map((images) => ({ images, rows: 10_000 })),
  ];
  const servers = (await Promise.all(contents.map(startS3))).map((server) => opened.use(server));
  const [labels, sets] = [servers.slice(0, ROWS.length), servers.slice(ROWS.length)];
  for (const set of sets) await set.setLatency({ putTime: PUT_TIME, readTime: READ_TIME });
  for (let round = 0; round < ROUNDS; round += 1) {
    done.push({
      presses: await inTurns(labels, round, pressCost),
      rounds: await inTurns(sets, round, roundCost),
      first: await inTurns(sets, round, firstRound),
    });
  }
  const of = (pick: (round: Round) => number | undefined): number[] =>
    done.map((round) => pick(round) ?? Number.NaN);
  const ratio = (large: (round: Round) => Cost, small: (round: Round) => Cost, what: keyof Cost): number[] =>
    of((round) => large(round)[what] / small(round)[what]);
  return [
    figureOf(
      "press at 10⁴ rows",
      of((round) => press(0)(round).time),
      "ms",
    ),
    figureOf(
      "press at 10⁶ rows",
      of((round) => press(1)(round).time),
      "ms",
    ),
    figureOf("press, 10⁶ ÷ 10⁴ rows, time", ratio(press(1), press(0), "time"), "×", { atMost: 1.2 }),
    figureOf("press, 10⁶ ÷ 10⁴ rows, bytes", ratio(press(1), press(0), "bytes"), "×", { atMost: 1.2 }),
    figureOf(
      "press at 10⁶ rows, bytes",
      of((round) => press(1)(round).bytes / 1024),
      "KiB",
    ),
    figureOf(
      "round at 20 images",
      of((round) => images(0)(round).time),
      "ms",
    ),
    figureOf(
      "round at 10⁴ images",
      of((round) => images(1)(round).time),
      "ms",
    ),
    figureOf(
      "round at 10⁶ images",
      of((round) => images(2)(round).time),
      "ms",
    ),
    figureOf("round, 10⁴ ÷ 20 images", ratio(images(1), images(0), "time"), "×", { atMost: 1.5 }),
    figureOf("round, 10⁶ ÷ 20 images", ratio(images(2), images(0), "time"), "×", { atMost: 1.5 }),
    worstOf(
      "worker's start to first round, slowest",
      of(({ first }) => Math.max(...first)),
      "ms",
      2_000,
    ),
    ...(await progressTimes()),
  ];
}

const press =
  (index: number) =>
  ({ presses }: Round): Cost =>
    presses[index] ?? NONE;

const images =
  (index: number) =>
  ({ rounds }: Round): Cost =>
    rounds[index] ?? NONE;

const NONE: Cost = { time: Number.NaN, bytes: Number.NaN };

/** In their order or, in every other round, from the last to the first. */
async function inTurns<T>(
  servers: readonly BenchS3[],
  round: number,
  cost: (s3: BenchS3) => Promise<T>,
): Promise<T[]> {
  const backwards = round % 2 === 1;
  const costs: T[] = [];
  for (const s3 of backwards ? servers.toReversed() : servers) costs.push(await cost(s3));
  return backwards ? costs.toReversed() : costs;
}

/** One press after the other, each with its own PUT. */
async function pressCost({ store, traffic }: BenchS3): Promise<Cost> {
  const appending = { log, now: Date.now, random: Math.random };
  const context = {
    answers: { give: async () => new Date() },
    images: imageSet(store),
    labels: labelFile(store, appending),
    forgetting: forgetting(store, appending),
    labelerSecret: "a secret of the bench",
  };
  const press = async (count: number): Promise<void> => {
    for (const job of pressJobs(count, imageNumber(0))) await keepPress(job, delivery, context);
  };
  await press(WARM_UP);
  const before = await traffic();
  const started = performance.now();
  await press(PRESSES);
  const time = performance.now() - started;
  const after = await traffic();
  return { time: time / PRESSES, bytes: (after.bytes - before.bytes) / PRESSES };
}

async function roundCost({ store, traffic }: BenchS3): Promise<Cost> {
  let given = 0;
  const answers = {
    give: async () => {
      given += 1;
      return new Date();
    },
    tellPrivately: async () => {},
  };
  const context = {
    answers,
    images: imageSet(store),
    needs: { of: async () => undefined },
    choose: "random" as const,
    labelerSecret: "a secret of the bench",
    makePicture: pictureMaker(log),
  };
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
  opened.use(
    startChild("../src/worker/main.ts", {
      preload: "../src/compile-cache.ts",
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
