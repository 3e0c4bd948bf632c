import { GatewayOpcodes } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { startS3Server, type S3Server } from "../aws/s3-server.ts";
import { AWS_ENVIRONMENT } from "../aws/sqs-queues.ts";
import { startRedis, type RedisServer } from "../redis/redis-server.ts";
import type { RunningProcess } from "./process.ts";
import {
  READY,
  readinessOf,
  startWithHealth,
  untilInProgress,
  untilReadiness,
  type MonitoredProcess,
} from "./health-client.ts";

const BUCKET = "hotdogs";
const NUMBERS = { numbers: "3 5 8" };
const ALL_CHECKS = { gateway: "ok", queue: "ok", store: "ok", consumer: "ok" };

const servers = new AsyncDisposableStack();
let redis: RedisServer;
let s3: S3Server;
/** By prefix: what S3 waits for before it executes a request. */
const held = new Map<string, Promise<void>>();
let prefixes = 0;

beforeAll(async () => {
  redis = servers.use(await startRedis());
  s3 = await startS3Server({
    buckets: { [BUCKET]: [] },
    async around({ key }, act) {
      await held.get(key.split("/", 1)[0] ?? "");
      return act();
    },
  });
  servers.defer(() => s3.close());
});

afterAll(() => servers.disposeAsync());

interface TestSite extends AsyncDisposable {
  discord: LocalDiscord;
  start: (main: string, overrides?: Record<string, string>) => Promise<MonitoredProcess>;
  /** Holds back all S3 requests from now on. Returns a function that releases them. */
  holdS3: () => () => void;
}

/** Creates a Discord, a queue and a store for one test. */
async function newSite(): Promise<TestSite> {
  const disposables = new AsyncDisposableStack();
  const discord = await startLocalDiscord({ port: 0 });
  disposables.defer(() => discord.close());
  const prefix = `test-${(prefixes += 1)}`;
  const settings = {
    ...AWS_ENVIRONMENT,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    S3_FORCE_PATH_STYLE: "true",
    STORE_URL: `s3://${BUCKET}/${prefix}`,
    LABELER_SECRET: "sixteen characters or more",
    QUEUE_URL: redis.url(redis.nextDatabase()),
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
  };
  return {
    discord,
    start: (main, overrides = {}) => startWithHealth(disposables, main, { ...settings, ...overrides }),
    holdS3() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(prefix, promise);
      return resolve;
    },
    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };
}

interface Line {
  time: string;
  msg: string;
  interaction?: string;
}

function linesOf(process: RunningProcess): Line[] {
  const lines = process.output().trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Line);
}

/** The time of the first matching log line, in milliseconds. */
function timeOf(message: RegExp, process: RunningProcess): number {
  return Date.parse(linesOf(process).find(({ msg }) => message.test(msg))?.time ?? "");
}

// They run concurrently, because they mostly wait for shutdown deadlines.
describe.concurrent("a process", () => {
  it.each([
    ["src/bot/main.ts", { gateway: "ok", queue: "ok" }],
    ["src/main.ts", ALL_CHECKS],
  ])(
    "%s shuts down cleanly and exits with 1 when Discord closes the gateway for good",
    async (main, checks) => {
      await using site = await newSite();
      const { discord, start } = site;
      const bot = await start(main);
      await untilReadiness(bot, { ...READY, checks });
      // The close code after the token was reset.
      discord.gateway.disconnect(4004);
      expect(await bot.exited).toBe(1);
      expect(bot.output()).toContain("stopping: the gateway closed the connection (4004)");
      expect(bot.output()).toMatch(/"msg":"stopped"}\n$/);
    },
    120_000,
  );

  it("shuts down cleanly, exits with 1 and only writes to its log when the gateway sends an invalid payload", async () => {
    await using site = await newSite();
    const { discord, start } = site;
    const bot = await start("src/bot/main.ts");
    await untilReadiness(bot, READY);
    // discord.js rejects a promise that nothing awaits.
    discord.gateway.send({ op: GatewayOpcodes.InvalidSession });
    expect(await bot.exited).toBe(1);
    expect(
      linesOf(bot)
        .slice(-3)
        .map(({ msg }) => msg),
    ).toEqual([
      "unexpected error",
      "stopping: after an unexpected error, the state of this process is unknown",
      "stopped",
    ]);
  }, 120_000);

  it("returns a worker's unfinished jobs to the queue after 6 seconds, and another worker does them", async () => {
    await using site = await newSite();
    const { discord, start, holdS3 } = site;
    const [bot, worker] = await Promise.all([start("src/bot/main.ts"), start("src/worker/main.ts")]);
    await Promise.all([untilReadiness(bot, READY), untilReadiness(worker, READY)]);
    const ketchup = discord.user("ketchup");
    discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { delay: 60_000 }, times: 1 });
    const unfinished = ketchup.command("stats", NUMBERS);
    // Otherwise the fault could hit the other command.
    await unfinished.answer();
    await untilInProgress(worker, 1);
    const releaseS3 = holdS3();
    const finished = ketchup.command("stats", NUMBERS);
    await untilInProgress(worker, 2);

    worker.child.kill("SIGTERM");
    await worker.waitFor(/stopping: finishing the work/);
    expect(await readinessOf(worker)).toEqual({ code: 503, status: "stopping", checks: {} });
    releaseS3();
    // It would be 1 after the deadline of 8 seconds.
    expect(await worker.exited).toBe(0);
    const done = linesOf(worker).filter(({ msg }) => msg === "done");
    expect(done.map(({ interaction }) => interaction)).toEqual([finished.id]);
    const took = timeOf(/goes back to the queue/, worker) - timeOf(/stopping: finishing the work/, worker);
    expect(took).toBeGreaterThanOrEqual(5_990);
    const other = await start("src/worker/main.ts");
    await other.waitFor(new RegExp(`"${unfinished.id}".*"attempt":2,"msg":"done"`));
  }, 120_000);

  it("with the in-memory queue names unfinished jobs and exits with 1", async () => {
    await using site = await newSite();
    const { discord, start } = site;
    const all = await start("src/main.ts", { QUEUE_URL: "memory:" });
    await untilReadiness(all, { ...READY, checks: ALL_CHECKS });
    discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { delay: 60_000 } });
    const { id } = discord.user("ketchup").command("stats", NUMBERS);
    await untilInProgress(all, 1);
    all.child.kill("SIGTERM");
    expect(await all.exited).toBe(1);
    expect(all.output()).toContain(`these jobs were not finished and are lost: ${id}`);
    expect(all.output()).not.toContain("could not finish everything in time");
  }, 120_000);
});
