import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import { stubAws } from "../aws/environment.ts";
import { startS3Server } from "../aws/s3-server.ts";
import { AWS_ENVIRONMENT } from "../aws/sqs-queues.ts";
import { plainPng } from "../pictures.ts";
import { startRedis, type RedisServer } from "../redis/redis-server.ts";
import type { RunningProcess } from "./process.ts";
import {
  metricsOf,
  READY,
  readinessOf,
  startWithHealth,
  untilReadiness,
  type MonitoredProcess,
} from "./health-client.ts";

const BUCKET = "hotdogs";
const NUMBERS = { numbers: "3 5 8" };
const START_TIMEOUT_MS = 90_000;

const disposables = new AsyncDisposableStack();
let discord: LocalDiscord;
let redis: RedisServer;
/** How S3 responds: normally, never, or by closing the connection. */
let s3State: "normal" | "hangs" | "resets" = "normal";
let bot: MonitoredProcess;
let worker: MonitoredProcess;
/** The worker's health while its start was waiting for S3. */
let early: { alive: number; readiness: object };

beforeAll(async () => {
  discord = await startLocalDiscord({ port: 0 });
  disposables.defer(() => discord.close());
  redis = disposables.use(await startRedis());
  const s3Released = Promise.withResolvers<void>();
  const s3 = await startS3Server({
    buckets: { [BUCKET]: [] },
    async around(request, act) {
      // Holds back the first request of the worker.
      if (String(request.headers["authorization"]).includes("Credential=worker/")) await s3Released.promise;
      if (s3State === "hangs") return new Promise(() => {});
      return s3State === "normal" ? act() : undefined;
    },
  });
  disposables.defer(() => s3.close());
  const aws = { ...AWS_ENVIRONMENT, AWS_ENDPOINT_URL_S3: s3.endpoint };
  stubAws(aws);
  disposables.defer(() => void vi.unstubAllEnvs());
  const store = await s3Store({ bucket: BUCKET, prefix: "" }, { forcePathStyle: true });
  const png = await plainPng(1);
  await imageSet(store).add({ uploaded: png, stored: png, format: "png" });
  await store.close();

  const settings = {
    ...aws,
    AWS_ACCESS_KEY_ID: "worker",
    S3_FORCE_PATH_STYLE: "true",
    STORE_URL: `s3://${BUCKET}`,
    LABELER_SECRET: "sixteen characters or more",
    QUEUE_URL: redis.url(),
    JOB_RETRY_DELAY_MS: "50",
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    LOG_LEVEL: "debug",
  };
  [bot, worker] = await Promise.all([
    startWithHealth(disposables, "src/bot/main.ts", settings),
    startWithHealth(disposables, "src/worker/main.ts", settings),
  ]);
  early = { alive: (await fetch(`${worker.url}/livez`)).status, readiness: await readinessOf(worker) };
  s3Released.resolve();
}, START_TIMEOUT_MS);

afterAll(() => disposables.disposeAsync());

beforeEach(async () => {
  await Promise.all([untilReadiness(bot, READY), untilReadiness(worker, READY)]);
});

describe("the health of separate bot and worker processes", () => {
  it("is live but not ready during the start", () => {
    expect(early).toEqual({ alive: 200, readiness: { code: 503, status: "starting", checks: {} } });
  });

  it("is ready when everything works", async () => {
    expect(await readinessOf(bot)).toEqual({ ...READY, checks: { gateway: "ok", queue: "ok" } });
    expect(await readinessOf(worker)).toEqual({
      ...READY,
      checks: { queue: "ok", store: "ok", consumer: "ok" },
    });
  });

  it("is soon not ready while Redis and S3 hang, and while Redis is down", async ({ onTestFinished }) => {
    onTestFinished(() => redis.resume());
    onTestFinished(() => void (s3State = "normal"));
    s3State = "hangs";
    redis.freeze();
    const late = "no result within 2.5 s";
    const longest = await Promise.all([
      untilReadiness(bot, { code: 503, checks: { gateway: "ok", queue: late } }),
      untilReadiness(worker, { code: 503, checks: { queue: late, store: late } }),
    ]);
    // Without the checks' own timeout, the clients would wait for 10 and 25 s.
    expect(Math.max(...longest)).toBeLessThan(9_000);

    await redis.kill();
    s3State = "normal";
    const lost = { queue: expect.stringContaining("is lost") };
    try {
      await Promise.all([
        untilReadiness(bot, { code: 503, status: "not ready", checks: { gateway: "ok", ...lost } }),
        untilReadiness(worker, { code: 503, status: "not ready", checks: { store: "ok", ...lost } }),
      ]);
      expect((await fetch(`${worker.url}/livez`)).status).toBe(200);
    } finally {
      await redis.start();
    }
    await Promise.all([untilReadiness(bot, READY), untilReadiness(worker, READY)]);
  });

  // These two can run concurrently, because one concerns only the worker and the other only the bot.
  it.concurrent("names the bucket that cannot be reached", async ({ onTestFinished }) => {
    onTestFinished(() => void (s3State = "normal"));
    s3State = "resets";
    const reason = /^The bucket hotdogs at http:\/\/.* cannot be used: it cannot be reached \(ECONNRESET\)/;
    await untilReadiness(worker, {
      code: 503,
      checks: { queue: "ok", store: expect.stringMatching(reason) },
    });
    s3State = "normal";
    await untilReadiness(worker, READY);
  });

  it.concurrent("is not ready while the bot has no gateway connection", async ({ onTestFinished }) => {
    const reconnects = async () => (await metricsOf(bot)).get("hotdog_gateway_reconnects_total") ?? 0;
    const before = await reconnects();
    const restore = discord.fault({ path: /^\/gateway$/, act: { status: 503 } });
    onTestFinished(restore);
    discord.gateway.invalidate();
    await untilReadiness(bot, {
      code: 503,
      checks: { gateway: "it is not connected to the gateway", queue: "ok" },
    });
    restore();
    await untilReadiness(bot, READY);
    expect(await reconnects()).toBe(before + 1);
  });

  it("counts requests and jobs", async () => {
    const before = await Promise.all([metricsOf(bot), metricsOf(worker)]);
    const ketchup = discord.user("ketchup");
    for (let asked = 0; asked < 3; asked += 1) await ketchup.command("stats", NUMBERS).answer();
    await ketchup.command("stats", { numbers: "none" }).answer();
    const done = 'hotdog_jobs_total{kind="stats",outcome="done"}';
    await vi.waitFor(
      async () => expect((await metricsOf(worker)).get(done)).toBe((before[1].get(done) ?? Number.NaN) + 3),
      { timeout: 20_000, interval: 50 },
    );
    const after = await Promise.all([metricsOf(bot), metricsOf(worker)]);
    const [asked, worked] = after.map(
      (metrics, index) => (name: string) => (metrics.get(name) ?? 0) - (before[index]?.get(name) ?? 0),
    );
    expect(asked?.('hotdog_requests_total{from="interaction",outcome="queued"}')).toBe(3);
    expect(asked?.('hotdog_requests_total{from="interaction",outcome="refused"}')).toBe(1);
    expect(asked?.('hotdog_acknowledgement_seconds_count{kind="stats"}')).toBe(3);
    expect(worked?.('hotdog_queue_wait_seconds_count{kind="stats"}')).toBe(3);
    expect(worked?.('hotdog_job_duration_seconds_count{kind="stats"}')).toBe(3);
    expect(after[1].get("hotdog_jobs_in_progress")).toBe(0);
    expect(after[1].get("process_start_time_seconds")).toBeGreaterThan(1_700_000_000);
  });
});

describe("the logs of separate bot and worker processes", () => {
  const INFO = 30;
  const DEBUG = 20;

  interface Line {
    interaction: string;
    level: number;
    msg: string;
    button?: string;
  }

  /** The lines with this id, except those of presses whose button contains it as the id of their round. */
  function linesOf(process: RunningProcess, id: string): Line[] {
    const lines = process.output().split("\n");
    return lines
      .filter((line) => line.includes(id))
      .map((line) => JSON.parse(line) as Line)
      .filter(({ button = "" }) => !button.includes(id));
  }

  /** Waits until the messages logged about an interaction, from this level up, are the expected ones. */
  async function untilLogged(
    process: RunningProcess,
    id: string,
    { from, messages }: { from: number; messages: string[] },
  ): Promise<void> {
    const lines = () => linesOf(process, id).filter(({ level }) => level >= from);
    await vi.waitFor(() => expect(lines().map(({ msg }) => msg)).toEqual(messages), { timeout: 20_000 });
  }

  it("show the path of an interaction through both by its id; that of a press only at debug level", async () => {
    const relish = discord.user("relish");
    const asked = relish.command("hotdog");
    const button = /"custom_id":"([^"]+)"/.exec(JSON.stringify(await asked.answer()))?.[1] ?? "";
    const press = relish.press(await asked.answer(), button);
    await press.answer();
    for (const { id } of [asked, press]) {
      await untilLogged(bot, id, { from: DEBUG, messages: ["received", "acknowledged", "queued"] });
      await untilLogged(worker, id, { from: DEBUG, messages: ["received", "done"] });
      const lines = [bot, worker].flatMap((process) => linesOf(process, id));
      expect(new Set(lines.map(({ interaction }) => interaction))).toEqual(new Set([id]));
    }
    const levels = (id: string) => [bot, worker].map((process) => linesOf(process, id).at(-1)?.level);
    expect(levels(asked.id)).toEqual([INFO, INFO]);
    expect(levels(press.id)).toEqual([DEBUG, DEBUG]);
  });

  it("do so for messages with images and for failures, too", async () => {
    const relish = discord.user("relish");
    const { id } = relish.post("", [{ name: "a.png", bytes: await plainPng(2) }], { dm: true });
    await untilLogged(bot, id, { from: INFO, messages: ["queued"] });
    await untilLogged(worker, id, { from: INFO, messages: ["done"] });
    discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { status: 400 }, times: 1 });
    const failing = relish.command("stats", NUMBERS);
    await failing.answer();
    await untilLogged(worker, failing.id, { from: INFO, messages: ["failed; it will be retried", "done"] });
    for (const one of [id, failing.id]) {
      const lines = [bot, worker].flatMap((process) => linesOf(process, one));
      expect(new Set(lines.map(({ interaction }) => interaction))).toEqual(new Set([one]));
    }
  });
});
