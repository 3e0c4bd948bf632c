import { GatewayOpcodes } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { startS3Server, type S3Server } from "../aws/s3-server.ts";
import { AWS_ENVIRONMENT } from "../aws/sqs-server.ts";
import { startRedis, type RedisServer } from "../redis/redis-server.ts";
import type { RunningProcess } from "./process.ts";
import {
  READY,
  readinessOf,
  startWatched,
  untilInProgress,
  untilReadiness,
  type Watched,
} from "./watched.ts";

const BUCKET = "hotdogs";
const NUMBERS = { numbers: "3 5 8" };
const OF_ALL = { gateway: "ok", queue: "ok", store: "ok", consumer: "ok" };

const servers = new AsyncDisposableStack();
let redis: RedisServer;
let s3: S3Server;
/** What S3 waits for before it does what it is asked for below a prefix. */
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

interface Place extends AsyncDisposable {
  discord: LocalDiscord;
  start: (main: string, own?: Record<string, string>) => Promise<Watched>;
  /** Holds back what is asked of S3 from now on. @returns lets it go on */
  holdS3: () => () => void;
}

/** A Discord, a queue and a store of a test's own. */
async function newPlace(): Promise<Place> {
  const opened = new AsyncDisposableStack();
  const discord = await startLocalDiscord({ port: 0 });
  opened.defer(() => discord.close());
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
    start: (main, own = {}) => startWatched(opened, main, { ...settings, ...own }),
    holdS3() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(prefix, promise);
      return resolve;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
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

/** Of its first line that says so, in milliseconds. */
function timeOf(message: RegExp, process: RunningProcess): number {
  return Date.parse(linesOf(process).find(({ msg }) => message.test(msg))?.time ?? "");
}

// Most of the time they wait for the deadlines of what is stopped.
describe.concurrent("the end of a process", () => {
  it.each([
    ["src/bot/main.ts", { gateway: "ok", queue: "ok" }],
    ["src/main.ts", OF_ALL],
  ])(
    "of %s comes in order and with 1 when Discord closes the gateway for good",
    async (main, checks) => {
      await using place = await newPlace();
      const { discord, start } = place;
      const bot = await start(main);
      await untilReadiness(bot, { ...READY, checks });
      // As when the token was reset.
      discord.gateway.disconnect(4004);
      expect(await bot.exited).toBe(1);
      expect(bot.output()).toContain("stopping: the gateway closed the connection (4004)");
      expect(bot.output()).toMatch(/"msg":"stopped"}\n$/);
    },
    120_000,
  );

  it("of the bot comes in order and with 1, in the log alone, when the gateway sends what makes no sense", async () => {
    await using place = await newPlace();
    const { discord, start } = place;
    const bot = await start("src/bot/main.ts");
    await untilReadiness(bot, READY);
    // discord.js fails on it in a promise that nobody waits for.
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

  it("of a worker gives back what it has not done after 6 seconds, and another does it", async () => {
    await using place = await newPlace();
    const { discord, start, holdS3 } = place;
    const [bot, worker] = await Promise.all([start("src/bot/main.ts"), start("src/worker/main.ts")]);
    await Promise.all([untilReadiness(bot, READY), untilReadiness(worker, READY)]);
    const ketchup = discord.user("ketchup");
    discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { delay: 60_000 }, times: 1 });
    const undone = ketchup.command("stats", NUMBERS);
    await untilInProgress(worker, 1);
    const goOn = holdS3();
    const finished = ketchup.command("stats", NUMBERS);
    await untilInProgress(worker, 2);

    worker.child.kill("SIGTERM");
    await worker.waitFor(/stopping: no new work/);
    expect(await readinessOf(worker)).toEqual({ code: 503, status: "stopping", checks: {} });
    goOn();
    // After 8 seconds it would be 1.
    expect(await worker.exited).toBe(0);
    const done = linesOf(worker).filter(({ msg }) => msg === "done");
    expect(done.map(({ interaction }) => interaction)).toEqual([finished.id]);
    const took = timeOf(/goes back to the queue/, worker) - timeOf(/stopping: no new work/, worker);
    expect(took).toBeGreaterThanOrEqual(5_990);
    const other = await start("src/worker/main.ts");
    await other.waitFor(new RegExp(`"${undone.id}".*"attempt":2,"msg":"done"`));
  }, 120_000);

  it("with the queue in memory names the jobs that were left undone, and comes with 1", async () => {
    await using place = await newPlace();
    const { discord, start } = place;
    const all = await start("src/main.ts", { QUEUE_URL: "memory:" });
    await untilReadiness(all, { ...READY, checks: OF_ALL });
    discord.fault({ method: "PATCH", path: /\/webhooks\//, act: { delay: 60_000 } });
    const { id } = discord.user("ketchup").command("stats", NUMBERS);
    await untilInProgress(all, 1);
    all.child.kill("SIGTERM");
    expect(await all.exited).toBe(1);
    expect(all.output()).toContain(`jobs were not done and are lost: ${id}`);
    expect(all.output()).not.toContain("could not finish everything in time");
  }, 120_000);
});
