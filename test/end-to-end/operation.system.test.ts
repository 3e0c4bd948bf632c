import { GatewayOpcodes } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startPlayground, type Playground } from "../../playground/start.ts";
import { imageSet } from "../../src/store/image-set.ts";
import { s3Store } from "../../src/store/s3.ts";
import { stubAws } from "../aws/environment.ts";
import { AWS_ENVIRONMENT } from "../aws/sqs-server.ts";
import { startS3Server, type S3Server } from "../aws/s3-server.ts";
import { samplesOf } from "../health/samples.ts";
import { plainPng } from "../pictures.ts";
import { startRedis, type RedisServer } from "../redis/redis-server.ts";
import { runProcess, type RunningProcess } from "./process.ts";

const BUCKET = "hotdogs";
const NUMBERS = { numbers: "3 5 8" };

let opened: AsyncDisposableStack;
let discord: Playground;
let redis: RedisServer;
let s3: S3Server;
/** What S3 does with a request. */
let s3State: "answers" | "hangs" | "breaks off";
let settings: Record<string, string>;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  discord = await startPlayground({ port: 0 });
  opened.defer(() => discord.close());
  redis = opened.use(await startRedis());
  s3State = "answers";
  s3 = await startS3Server({
    buckets: { [BUCKET]: [] },
    around(_, act) {
      if (s3State === "hangs") return new Promise(() => {});
      return s3State === "answers" ? act() : undefined;
    },
  });
  opened.defer(() => s3.close());
  const aws = { ...AWS_ENVIRONMENT, AWS_ENDPOINT_URL_S3: s3.endpoint };
  stubAws(aws);
  settings = {
    ...aws,
    S3_FORCE_PATH_STYLE: "true",
    STORE_URL: `s3://${BUCKET}`,
    LABELER_SECRET: "sixteen characters or more",
    QUEUE_URL: redis.url(),
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    HEALTH_PORT: "0",
  };
});

afterEach(async () => {
  await opened.disposeAsync();
  vi.unstubAllEnvs();
});

interface Watched extends RunningProcess {
  url: string;
}

async function start(main: string, own: Record<string, string> = {}): Promise<Watched> {
  const process = opened.use(runProcess(main, { ...settings, ...own }));
  const url = await process.waitFor(/health is served at (http:\/\/127\.0\.0\.1:\d+)\/livez/);
  return { ...process, url };
}

const startBoth = (): Promise<[Watched, Watched]> =>
  Promise.all([start("src/bot/main.ts"), start("src/worker/main.ts")]);

interface Readiness {
  code: number;
  status: string;
  checks: Record<string, string>;
}

async function readinessOf({ url }: Watched): Promise<Readiness> {
  const answer = await fetch(`${url}/readyz`);
  return { code: answer.status, ...((await answer.json()) as Omit<Readiness, "code">) };
}

async function until(process: Watched, expected: object): Promise<void> {
  await expect.poll(() => readinessOf(process), { timeout: 40_000, interval: 200 }).toMatchObject(expected);
}

/** Milliseconds that the slowest answer took. */
async function longestUntil(process: Watched, expected: object): Promise<number> {
  let longest = 0;
  await expect
    .poll(
      async () => {
        const asked = performance.now();
        const found = await readinessOf(process);
        longest = Math.max(longest, performance.now() - asked);
        return found;
      },
      { timeout: 40_000, interval: 200 },
    )
    .toMatchObject(expected);
  return longest;
}

const READY = { code: 200, status: "ready" };

async function metricsOf({ url }: Watched): Promise<Map<string, number>> {
  return samplesOf(await (await fetch(`${url}/metrics`)).text());
}

describe("the health of bot and worker apart", () => {
  it("is ready with all that is needed, and not while Redis is away", async () => {
    const [bot, worker] = await startBoth();
    await until(bot, { ...READY, checks: { gateway: "ok", queue: "ok" } });
    await until(worker, { ...READY, checks: { queue: "ok", store: "ok", consumer: "ok" } });

    await redis.kill();
    const lost = { code: 503, status: "not ready", checks: { queue: expect.stringContaining("is lost") } };
    await until(bot, { ...lost, checks: { gateway: "ok", ...lost.checks } });
    await until(worker, { ...lost, checks: { store: "ok", ...lost.checks } });
    expect((await fetch(`${worker.url}/livez`)).status).toBe(200);

    await redis.start();
    await until(bot, READY);
    await until(worker, READY);
  }, 120_000);

  it("is not ready, and says so soon, while Redis and S3 hang", async () => {
    const [bot, worker] = await startBoth();
    await until(worker, READY);
    await until(bot, READY);
    s3State = "hangs";
    redis.freeze();
    const late = "no result within 2.5 s";
    // Without a limit of their own, the clients would wait for 10 and for 25 s.
    expect(await longestUntil(bot, { code: 503, checks: { queue: late } })).toBeLessThan(6_000);
    expect(await longestUntil(worker, { code: 503, checks: { queue: late, store: late } })).toBeLessThan(
      6_000,
    );
    redis.resume();
    s3State = "answers";
    await until(bot, READY);
    await until(worker, READY);
  }, 120_000);

  it("names the bucket that cannot be reached", async () => {
    const worker = await start("src/worker/main.ts");
    await until(worker, READY);
    s3State = "breaks off";
    const reason = /^The bucket hotdogs at http:\/\/.* cannot be used: it cannot be reached \(ECONNRESET\)/;
    await until(worker, { code: 503, checks: { queue: "ok", store: expect.stringMatching(reason) } });
    s3State = "answers";
    await until(worker, READY);
  }, 120_000);

  it("is not ready while the bot is not connected to the gateway", async () => {
    const bot = await start("src/bot/main.ts");
    await until(bot, READY);
    // Between two identifications the bot waits 5 s.
    discord.gateway.invalidate();
    await until(bot, {
      code: 503,
      checks: { gateway: "it is not connected to the gateway", queue: "ok" },
    });
    await until(bot, READY);
    expect((await metricsOf(bot)).get("hotdog_gateway_reconnects_total")).toBe(1);
  }, 120_000);

  it("counts what has been done", async () => {
    const [bot, worker] = await startBoth();
    await until(bot, READY);
    const ketchup = discord.user("ketchup");
    for (let asked = 0; asked < 3; asked += 1) await ketchup.command("stats", NUMBERS).answer();
    await ketchup.command("stats", { numbers: "none" }).answer();
    const done = 'hotdog_jobs_total{kind="stats",outcome="done"}';
    await expect.poll(async () => (await metricsOf(worker)).get(done)).toBe(3);
    const [asked, worked] = await Promise.all([metricsOf(bot), metricsOf(worker)]);
    expect(asked.get('hotdog_requests_total{from="interaction",outcome="queued"}')).toBe(3);
    expect(asked.get('hotdog_requests_total{from="interaction",outcome="refused"}')).toBe(1);
    expect(asked.get('hotdog_acknowledgement_seconds_count{kind="stats"}')).toBe(3);
    expect(worked.get('hotdog_queue_wait_seconds_count{kind="stats"}')).toBe(3);
    expect(worked.get('hotdog_job_duration_seconds_count{kind="stats"}')).toBe(3);
    expect(worked.get("hotdog_jobs_at_hand")).toBe(0);
    expect(worked.get("process_start_time_seconds")).toBeGreaterThan(1_700_000_000);
  }, 120_000);

  it("is alive and not ready before the start is over, and stopping at once when it ends", async () => {
    s3State = "hangs";
    const worker = await start("src/worker/main.ts");
    expect((await fetch(`${worker.url}/livez`)).status).toBe(200);
    expect(await readinessOf(worker)).toEqual({ code: 503, status: "starting", checks: {} });
    s3State = "answers";
    await until(worker, READY);
    // What the worker has begun it finishes, for which it waits here.
    const goOn = discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { delay: 60_000 } });
    const bot = await start("src/bot/main.ts");
    await until(bot, READY);
    discord.user("ketchup").command("stats", NUMBERS);
    await expect.poll(async () => (await metricsOf(worker)).get("hotdog_jobs_at_hand")).toBe(1);
    worker.child.kill("SIGTERM");
    await worker.waitFor(/stopping: no new work/);
    expect(await readinessOf(worker)).toEqual({ code: 503, status: "stopping", checks: {} });
    expect(await worker.exited).toBe(0);
    goOn();
  }, 120_000);

  it("says in a sentence that its port is taken", async () => {
    const { port } = new URL(s3.endpoint);
    const worker = opened.use(runProcess("src/worker/main.ts", { ...settings, HEALTH_PORT: port }));
    expect(await worker.exited).toBe(1);
    expect(worker.output()).toBe(
      `hotdog-bot cannot start. Port ${port} of 127.0.0.1 is taken: set HEALTH_PORT to another, or to 0 to let the system choose.\n`,
    );
  });
});

describe("the logs of bot and worker apart", () => {
  interface Line {
    interaction: string;
    level: number;
    msg: string;
    button?: string;
  }

  /** Those with this id anywhere, but for presses of the round that has it, which name it as well. */
  function linesOf(process: RunningProcess, id: string): Line[] {
    const lines = process.output().split("\n");
    return lines
      .filter((line) => line.includes(id))
      .map((line) => JSON.parse(line) as Line)
      .filter(({ button = "" }) => !button.includes(id));
  }

  const told = (process: RunningProcess, id: string): string[] => linesOf(process, id).map(({ msg }) => msg);

  it("show the path of an interaction through both by its id, and of a press only to who asks for it", async () => {
    settings["LOG_LEVEL"] = "debug";
    const store = await s3Store({ bucket: BUCKET, prefix: "" }, { forcePathStyle: true });
    opened.defer(() => store.close());
    const png = await plainPng(1);
    await imageSet(store).add({ uploaded: png, stored: png, format: "png" });
    const [bot, worker] = await startBoth();
    await until(bot, READY);
    const relish = discord.user("relish");
    const asked = relish.command("hotdog");
    const button = /"custom_id":"([^"]+)"/.exec(JSON.stringify(await asked.answer()))?.[1] ?? "";
    const press = relish.press(await asked.answer(), button);
    await press.answer();
    for (const { id } of [asked, press]) {
      await expect.poll(() => told(bot, id)).toEqual(["received", "acknowledged", "queued"]);
      await expect.poll(() => told(worker, id)).toEqual(["taken", "done"]);
      const lines = [bot, worker].flatMap((process) => linesOf(process, id));
      expect(new Set(lines.map(({ interaction }) => interaction))).toEqual(new Set([id]));
    }
    const levels = (id: string) => [bot, worker].map((process) => linesOf(process, id).at(-1)?.level);
    expect(levels(asked.id)).toEqual([30, 30]);
    expect(levels(press.id)).toEqual([20, 20]);
  }, 120_000);

  it("do so for a message with images, too, and for what fails", async () => {
    const [bot, worker] = await startBoth();
    await until(bot, READY);
    const relish = discord.user("relish");
    const { id } = relish.post("", [{ name: "a.png", bytes: await plainPng(1) }], { dm: true });
    await expect.poll(() => told(bot, id)).toEqual(["queued"]);
    await expect.poll(() => told(worker, id)).toEqual(["done"]);
    discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { status: 400 }, times: 1 });
    const failing = relish.command("stats", NUMBERS);
    await failing.answer();
    await expect.poll(() => told(worker, failing.id)).toEqual(["failed; it will be tried again", "done"]);
    for (const one of [id, failing.id]) {
      const lines = [bot, worker].flatMap((process) => linesOf(process, one));
      expect(new Set(lines.map(({ interaction }) => interaction))).toEqual(new Set([one]));
    }
  }, 120_000);
});

describe("the health of one process", () => {
  it("is that of bot and worker together", async () => {
    const { DISCORD_TOKEN: _, QUEUE_URL: __, ...rest } = settings;
    settings = { ...rest, PLAYGROUND_PORT: "0" };
    const all = await start("src/main.ts");
    await until(all, { ...READY, checks: { gateway: "ok", queue: "ok", store: "ok", consumer: "ok" } });
    all.child.kill("SIGTERM");
    expect(await all.exited).toBe(0);
  }, 120_000);
});

describe("the end of a process", () => {
  /** Of its first line that says so, in milliseconds. */
  function timeOf(message: RegExp, process: RunningProcess): number {
    const line = process
      .output()
      .split("\n")
      .find((text) => message.test(text));
    return Date.parse((JSON.parse(line ?? "{}") as { time: string }).time);
  }

  it.each(["src/bot/main.ts", "src/main.ts"])(
    "of %s comes in order and with 1 when Discord closes the gateway for good",
    async (main) => {
      const bot = await start(main);
      await until(bot, READY);
      // As when the token was reset.
      discord.gateway.disconnect(4004);
      expect(await bot.exited).toBe(1);
      expect(bot.output()).toContain("stopping: the gateway closed the connection (4004)");
      expect(bot.output()).toMatch(/"msg":"stopped"}\n$/);
    },
    120_000,
  );

  it("of the bot comes in order and with 1, in the log alone, when the gateway sends what makes no sense", async () => {
    const bot = await start("src/bot/main.ts");
    await until(bot, READY);
    // discord.js fails on it in a promise that nobody waits for.
    discord.gateway.send({ op: GatewayOpcodes.InvalidSession });
    expect(await bot.exited).toBe(1);
    const lines = bot.output().trim().split("\n");
    const messages = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(messages.slice(-3)).toEqual([
      "an error that nothing expected",
      "stopping: after an error that nothing expected its state is unknown",
      "stopped",
    ]);
  }, 120_000);

  it("of a worker gives back what it has not done after 6 seconds, and another does it", async () => {
    const [bot, worker] = await startBoth();
    await until(bot, READY);
    const goOn = discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { delay: 60_000 }, times: 1 });
    const asked = discord.user("ketchup").command("stats", NUMBERS);
    await expect.poll(async () => (await metricsOf(worker)).get("hotdog_jobs_at_hand")).toBe(1);
    worker.child.kill("SIGTERM");
    // After 8 seconds it would be 1.
    expect(await worker.exited).toBe(0);
    goOn();
    const took = timeOf(/goes back to the queue/, worker) - timeOf(/stopping: no new work/, worker);
    expect(took).toBeGreaterThanOrEqual(5_990);
    const other = await start("src/worker/main.ts");
    await other.waitFor(new RegExp(`"${asked.id}".*"attempt":2,"msg":"done"`));
  }, 120_000);

  it("with the queue in memory names the jobs that were left undone, and comes with 1", async () => {
    const all = await start("src/main.ts", { QUEUE_URL: "memory:" });
    await until(all, READY);
    discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { delay: 60_000 } });
    const { id } = discord.user("ketchup").command("stats", NUMBERS);
    await expect.poll(async () => (await metricsOf(all)).get("hotdog_jobs_at_hand")).toBe(1);
    all.child.kill("SIGTERM");
    expect(await all.exited).toBe(1);
    expect(all.output()).toContain(`jobs were not done and are lost: ${id}`);
    expect(all.output()).not.toContain("not everything could be finished in time");
  }, 120_000);
});
