import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MessageFlags, type APIMessage } from "discord.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { lockFolder } from "../../src/object-store/folder-lock.ts";
import { imageSet } from "../../src/project/image-set.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import { stubAws } from "../aws/environment.ts";
import { startS3Server, type S3Server } from "../aws/s3-server.ts";
import { AWS_ENVIRONMENT } from "../aws/sqs-queues.ts";
import { startSqsServer, type SqsServer } from "../aws/sqs-server.ts";
import { addPlainImages, plainPng } from "../pictures.ts";
import { startRedis, type RedisServer } from "../redis/redis-server.ts";
import { partsOf } from "../append-log/rows.ts";
import { buttonsIn } from "../worker/channel-project.ts";
import { runProcess, type RunningProcess } from "./process.ts";

const START_BUCKET = "hotdogs-start";
const PREFIX = "a server/of ours";
/** The latency of a PUT on S3. */
const PUT_LATENCY_MS = 60;
/** When the jobs of a killed worker are redelivered. */
const VISIBILITY_SECONDS = 3;
/** Allows for a redelivery on a slow machine. */
const REDELIVERY_OPTIONS = { timeout: 90_000 };

const IMAGES = 5;
const PEOPLE = ["ketchup", "mustard", "relish"] as const;
const WORKERS = ["one", "two"] as const;

const servers = new AsyncDisposableStack();
let sqs: SqsServer;
let redis: RedisServer;
let s3: S3Server;
/** By bucket: called between a write and its response, with the writer's credentials. */
const onWritten = new Map<string, (key: string, credentials: string) => void>();

beforeAll(async () => {
  sqs = await startSqsServer();
  servers.defer(() => sqs.close());
  redis = servers.use(await startRedis());
  s3 = await startS3Server({
    buckets: { [START_BUCKET]: [] },
    async around(request, act) {
      const isPut = request.method === "PUT";
      if (isPut) await wait(PUT_LATENCY_MS / 2);
      const answer = act();
      if (isPut) onWritten.get(request.bucket)?.(request.key, String(request.headers["authorization"]));
      if (isPut) await wait(PUT_LATENCY_MS / 2);
      return answer;
    },
  });
  servers.defer(() => s3.close());
  stubAws({ AWS_ENDPOINT_URL_S3: s3.endpoint });
  servers.defer(() => void vi.unstubAllEnvs());
});

afterAll(() => servers.disposeAsync());

const ENGINES = ["SQS", "Redis"] as const;
type Engine = (typeof ENGINES)[number];

const queueUrls: Record<Engine, () => Promise<string>> = {
  SQS: () => sqs.createQueue("hotdog"),
  Redis: async () => redis.url(),
};

function settingsOf(bucket: string): Record<string, string> {
  return {
    ...AWS_ENVIRONMENT,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    STORE_URL: `s3://${bucket}/${PREFIX}`,
    S3_FORCE_PATH_STYLE: "true",
    LABELER_SECRET: "sixteen characters or more",
  };
}

interface Processes {
  bucket: string;
  discord: LocalDiscord;
  store: ObjectStore;
  bot: RunningProcess;
  workers: RunningProcess[];
}

/** Starts a bot and two workers with their own Discord, queue and bucket. */
async function startProcesses(engine: Engine): Promise<Processes> {
  const bucket = `hotdogs-${engine.toLowerCase()}`;
  s3.createBucket(bucket);
  const store = await s3Store({ bucket, prefix: PREFIX }, { forcePathStyle: true });
  servers.defer(() => store.close());
  await addPlainImages(imageSet(store), IMAGES);
  const discord = await startLocalDiscord({ port: 0 });
  servers.defer(() => discord.close());
  const settings = {
    ...settingsOf(bucket),
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    QUEUE_URL: await queueUrls[engine](),
    JOB_VISIBILITY_SECONDS: String(VISIBILITY_SECONDS),
  };
  const bot = servers.use(runProcess("src/bot/main.ts", settings));
  const workers = WORKERS.map((name) =>
    servers.use(runProcess("src/worker/main.ts", { ...settings, AWS_ACCESS_KEY_ID: name })),
  );
  await bot.waitFor(/the bot is connected/);
  await Promise.all(workers.map((worker) => worker.waitFor(/the worker takes jobs/)));
  return { bucket, discord, store, bot, workers };
}

const compare = (a = "", b = ""): number => a.localeCompare(b);

const isPrivate = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

/** The labels in the label file by interaction id. Expects that no id is there twice. */
async function labelsIn(store: ObjectStore): Promise<Map<string, string>> {
  const parts = await partsOf(store, "labels/");
  const rows = parts.flatMap((part) => part.rows);
  const labels = new Map(rows.map(([id = "", , , label = ""]) => [id, label]));
  expect(rows).toHaveLength(labels.size);
  return labels;
}

/** The interaction ids of the logs of /stats. */
async function logsIn(store: ObjectStore): Promise<string[]> {
  const logs = await store.list("logs/");
  return logs.map(({ key }) => /^logs\/\d{4}\/\d\d\/\d\d\/(\d+)\.txt$/.exec(key)?.[1] ?? key);
}

describe("separate bot and worker processes", () => {
  let deployed: Record<Engine, Processes>;

  beforeAll(async () => {
    const [SQS, Redis] = await Promise.all([startProcesses("SQS"), startProcesses("Redis")]);
    deployed = { SQS, Redis };
  }, 120_000);

  it.each(ENGINES)("with %s and S3 answer, post a round, and store presses and images", async (engine) => {
    const { discord, store } = deployed[engine];
    const [ketchup, mustard, relish] = [
      discord.user("ketchup"),
      discord.user("mustard"),
      discord.user("relish"),
    ];
    const before = await labelsIn(store);
    const stats = ketchup.command("stats", { numbers: "3 5 8" });
    expect(JSON.stringify((await stats.answer()).embeds)).toContain("5.33333333333");
    await vi.waitFor(async () => expect(await logsIn(store)).toContain(stats.id), { timeout: 20_000 });

    const round = await ketchup.command("hotdog").answer();
    const buttons = buttonsIn(round).map(({ custom_id: customId }) => customId);
    expect(buttons).toHaveLength(8);
    const presses = [mustard.press(round, buttons[1] ?? ""), relish.press(round, buttons[0] ?? "")];
    const replies = await Promise.all(presses.map((press) => press.answer()));
    expect(replies.every(isPrivate)).toBe(true);
    const kept = [...(await labelsIn(store))].filter(([id]) => !before.has(id));
    expect(Object.fromEntries(kept)).toEqual({ [presses[0]?.id ?? ""]: "1", [presses[1]?.id ?? ""]: "0" });

    const picture = { name: "photo.png", bytes: await plainPng(IMAGES) };
    const upload = relish.command("upload", { image: picture });
    expect((await upload.answer()).content).toContain("**added**");
    expect(await store.list("images/")).toHaveLength(IMAGES + 1);
  });

  it.each(ENGINES)(
    "with %s and S3 lose and duplicate nothing when a worker is killed while working",
    async (engine) => {
      const { bucket, discord, store, workers } = deployed[engine];
      const answersIn = () => discord.messages().filter(({ embeds }) => embeds.length > 0).length;
      const before = {
        labels: [...(await labelsIn(store)).keys()],
        logs: await logsIn(store),
        answers: answersIn(),
      };
      const rounds = await Promise.all(PEOPLE.map((name) => discord.user(name).command("hotdog").answer()));
      const pressed: string[] = [];
      const asked: string[] = [];
      /** Sends no more than 10 presses per second and person, which is the rate limit. */
      async function act(name: (typeof PEOPLE)[number], round: APIMessage): Promise<void> {
        const user = discord.user(name);
        const stats = Array.from({ length: 5 }, (_, index) =>
          user.command("stats", { numbers: `1 ${index + 1}` }),
        );
        const presses = buttonsIn(round).map(({ custom_id: customId }) => user.press(round, customId));
        asked.push(...stats.map(({ id }) => id));
        pressed.push(...presses.map(({ id }) => id));
        const replies = await Promise.all(presses.map((press) => press.answer(REDELIVERY_OPTIONS)));
        for (const { content } of replies) expect(content).toMatch(/^Saved: /);
        await Promise.all(stats.map((one) => one.answer(REDELIVERY_OPTIONS)));
      }
      const [one] = workers;
      onWritten.set(bucket, (key, credentials) => {
        if (key.includes("/labels/") && credentials.includes("Credential=one/")) one?.child.kill("SIGKILL");
      });
      const actAll = () => Promise.all(rounds.map((round, index) => act(PEOPLE[index] ?? "ketchup", round)));
      try {
        // Repeats while the other worker has handled all presses.
        while (one?.child.signalCode === null) {
          await actAll();
          await wait(1_000);
        }
      } finally {
        onWritten.delete(bucket);
      }
      await actAll();

      const labels = [...(await labelsIn(store)).keys()];
      expect(labels.toSorted(compare)).toEqual([...before.labels, ...pressed].toSorted(compare));
      await vi.waitFor(
        async () =>
          expect((await logsIn(store)).toSorted(compare)).toEqual(
            [...before.logs, ...asked].toSorted(compare),
          ),
        { timeout: 60_000, interval: 100 },
      );
      expect(answersIn()).toBe(before.answers + asked.length);
    },
    240_000,
  );

  it.each(ENGINES)("with %s and S3 shut down cleanly", async (engine) => {
    const { bot, workers } = deployed[engine];
    const running = [bot, ...workers].filter(({ child }) => child.signalCode === null);
    // One worker has been killed.
    expect(running.length).toBeGreaterThanOrEqual(2);
    for (const { child } of running) child.kill("SIGTERM");
    for (const { exited } of running) expect(await exited).toBe(0);
  });
});

describe.concurrent("a separate process", () => {
  it.each(["src/bot/main.ts", "src/worker/main.ts"])(
    "%s names the required settings that are missing",
    async (main) => {
      await using process = runProcess(main, {});
      expect(await process.exited).toBe(1);
      expect(process.output()).toContain("  DISCORD_TOKEN is required\n  QUEUE_URL is required\n");
    },
  );

  /** Valid settings, apart from the one under test. */
  function working(): Record<string, string> {
    const queue = redis.url(redis.nextDatabase());
    return { ...settingsOf(START_BUCKET), DISCORD_TOKEN: "a.b.c", QUEUE_URL: queue };
  }

  it.each([
    [
      "worker",
      { STORE_URL: "s3://no-such-bucket" },
      "The bucket no-such-bucket at http://.* cannot be used: it does not exist",
    ],
    [
      "worker",
      { QUEUE_URL: "redis://:a-secret@127.0.0.1:1" },
      "The queue redis://127.0.0.1:1/0 cannot be used: it cannot be reached",
    ],
    [
      "bot",
      { QUEUE_URL: "https://127.0.0.1:1/hotdog" },
      "The queue .*/hotdog cannot be used: it cannot be reached",
    ],
  ])("%s explains what is wrong with %j", async (name, wrong, sentence) => {
    await using process = runProcess(`src/${name}/main.ts`, { ...working(), ...wrong });
    expect(await process.exited).toBe(1);
    expect(process.output()).toMatch(new RegExp(`^hotdog-bot cannot start\\. ${sentence}`));
    expect(process.output()).not.toContain("    at ");
    expect(process.output()).not.toContain("a-secret");
  });

  it("explains that the port of its health endpoints is taken", async () => {
    await using worker = runProcess("src/worker/main.ts", { ...working(), HEALTH_PORT: String(s3.port) });
    expect(await worker.exited).toBe(1);
    expect(worker.output()).toBe(
      `hotdog-bot cannot start. Port ${s3.port} of 127.0.0.1 is in use: set HEALTH_PORT to another port, or to 0 to let the system choose one.\n`,
    );
  });

  it("locks a folder against a second worker until the first has ended, even if it was killed", async () => {
    await using disposables = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
    disposables.defer(() => rm(folder, { recursive: true, force: true }));
    const settings = { ...working(), STORE_URL: `file:${folder}` };
    const first = disposables.use(runProcess("src/worker/main.ts", settings));
    await first.waitFor(/the worker takes jobs/);
    const second = disposables.use(runProcess("src/worker/main.ts", settings));
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      /^hotdog-bot cannot start\. Another worker uses the store in .*s3:\/\/.*\n$/,
    );
    first.child.kill("SIGKILL");
    await first.exited;
    // A third worker would do the same.
    expect(() => lockFolder(folder)()).not.toThrow();
  });
});
