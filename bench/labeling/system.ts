import { z } from "zod";
import { startRedis } from "../../test/redis/redis-server.ts";
import { freePort } from "../../test/free-port.ts";
import { startChild, startMeasured, type Child } from "../harness/child.ts";
import { BENCH_SECRET } from "./labeler.ts";
import { SMALL_PHOTO } from "../samples/pictures.ts";
import { readCounter, untilReady } from "../servers/health.ts";
import { pidOf } from "../servers/servers.ts";
import { startS3, type BenchS3 } from "../servers/s3.ts";
import { PUT_LATENCY_MS, READ_LATENCY_MS } from "../servers/simulated-s3-store.ts";

const IMAGES = 2_000;

const addresses = z.object({ api: z.url(), cdn: z.url(), token: z.string(), channelId: z.string() });

/** The bot and one worker, with Discord, Redis and S3, each in a separate process. */
export interface System {
  s3: BenchS3;
  /** The local Discord with its people (people-process.ts). */
  people: Child;
  /** Kinds and ids of all processes but this one. */
  processes: readonly (readonly [kind: string, pid: number])[];
  /** Makes one PUT and one edit with a picture. Resolves with the milliseconds. */
  timeLimit: () => Promise<number>;
  /** CPU milliseconds of the worker so far. */
  workerCpu: () => Promise<number>;
  /** Pictures that the worker has needed so far, by where they came from. */
  pictures: () => Promise<{ cache: number; store: number }>;
}

/** @param disposables stops everything when it is disposed of */
export async function startSystem(disposables: AsyncDisposableStack): Promise<System> {
  const people = disposables.use(startChild(new URL("./people-process.ts", import.meta.url)));
  const [{ api, cdn, token, channelId }, s3, redis] = await Promise.all([
    people.ask().then((message) => addresses.parse(message)),
    startS3({ images: IMAGES, rows: 0, photoSize: SMALL_PHOTO }).then((server) => disposables.use(server)),
    startRedis().then((server) => disposables.use(server)),
  ]);
  await s3.setLatency({ putMs: PUT_LATENCY_MS, readMs: READ_LATENCY_MS });
  const settings = {
    ...s3.settings,
    DISCORD_TOKEN: token,
    DISCORD_API: api,
    DISCORD_CDN_ORIGINS: cdn,
    QUEUE_URL: redis.url(),
    LABELER_SECRET: BENCH_SECRET,
    LABEL_MIN_VIEW_MS: "0",
    LOG_LEVEL: "error",
  };
  const start = async (path: string): Promise<{ child: Child; port: number }> => {
    const port = await freePort();
    const script = new URL(path, import.meta.url);
    const child = disposables.use(startMeasured(script, { ...settings, HEALTH_PORT: String(port) }));
    await untilReady(port);
    return { child, port };
  };
  const [bot, worker] = await Promise.all([
    start("../../src/bot/main.ts"),
    start("../../src/worker/main.ts"),
  ]);
  await people.ask({ awaitCommand: "label" });
  const limit = disposables.use(
    startChild(new URL("./limit-process.ts", import.meta.url), { settings, args: [channelId] }),
  );
  await limit.ask();
  const count = (from: string): Promise<number> =>
    readCounter(worker.port, `hotdog_pictures_total{from="${from}"}`);
  return {
    s3,
    people,
    processes: [
      ["worker", worker.child.pid],
      ["bot", bot.child.pid],
      ["Discord", people.pid],
      ["S3", s3.pid],
      ["Redis", await pidOf(redis)],
    ],
    timeLimit: async () => z.number().parse(await limit.ask({})),
    workerCpu: async () => z.number().parse(await worker.child.ask("cpu")),
    pictures: async () => ({ cache: await count("cache"), store: await count("store") }),
  };
}
