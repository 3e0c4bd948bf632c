import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MessageFlags, type APIMessage } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startPlayground, type Playground } from "../../playground/start.ts";
import { s3Store } from "../../src/store/s3.ts";
import type { ObjectStore } from "../../src/store/object-store.ts";
import { imageSet } from "../../src/store/image-set.ts";
import { stubAws } from "../aws/environment.ts";
import { startS3Server } from "../aws/s3-server.ts";
import { AWS_ENVIRONMENT, startSqsServer, type SqsServer } from "../aws/sqs-server.ts";
import { customIdsOf } from "../faults/load.ts";
import { plainPng } from "../pictures.ts";
import { startRedis } from "../redis/redis-server.ts";
import { partsOf } from "../store/rows.ts";
import { runProcess, type RunningProcess } from "./process.ts";

const BUCKET = "hotdogs";
const PREFIX = "a server/of ours";
/** Milliseconds: what a PUT on S3 takes. */
const PUT_TIME = 60;
/** Milliseconds: a worker's jobs come to another 20 to 25 s after it was killed. */
const AFTER_A_KILL = { timeout: 90_000 };

const IMAGES = 5;
const PEOPLE = ["ketchup", "mustard", "relish"] as const;

let opened: AsyncDisposableStack;
let discord: Playground;
let sqs: SqsServer;
let store: ObjectStore;
let settings: Record<string, string>;
/** Called between a write and its answer, with the credentials of who writes. */
let whenWritten: (key: string, credentials: string) => void;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  whenWritten = () => {};
  discord = await startPlayground({ port: 0 });
  opened.defer(() => discord.close());
  sqs = await startSqsServer();
  opened.defer(() => sqs.close());
  const s3 = await startS3Server({
    buckets: { [BUCKET]: [] },
    async around(request, act) {
      const isPut = request.method === "PUT";
      if (isPut) await wait(PUT_TIME / 2);
      const answer = act();
      if (isPut) whenWritten(request.key, String(request.headers["authorization"]));
      if (isPut) await wait(PUT_TIME / 2);
      return answer;
    },
  });
  opened.defer(() => s3.close());
  const aws = { ...AWS_ENVIRONMENT, AWS_ENDPOINT_URL_S3: s3.endpoint };
  settings = {
    ...aws,
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    QUEUE_URL: await sqs.createQueue("hotdog"),
    STORE_URL: `s3://${BUCKET}/${PREFIX}`,
    S3_FORCE_PATH_STYLE: "true",
    LABELER_SECRET: "sixteen characters or more",
  };
  stubAws(aws);
  store = await s3Store({ bucket: BUCKET, prefix: PREFIX }, { forcePathStyle: true });
  opened.defer(() => store.close());
});

afterEach(async () => {
  await opened.disposeAsync();
  vi.unstubAllEnvs();
});

function run(main: string, args: string[] = [], own: Record<string, string> = {}): RunningProcess {
  return opened.use(runProcess(main, { ...settings, ...own }, args));
}

async function startAll(): Promise<{ bot: RunningProcess; workers: RunningProcess[] }> {
  const images = imageSet(store);
  for (let index = 0; index < IMAGES; index += 1) {
    const png = await plainPng(index);
    await images.add({ uploaded: png, stored: png, format: "png" });
  }
  const bot = run("src/bot/main.ts");
  const workers = ["one", "two"].map((name) => run("src/worker/main.ts", [], { AWS_ACCESS_KEY_ID: name }));
  await bot.waitFor(/the bot is connected/);
  await Promise.all(workers.map((worker) => worker.waitFor(/the worker takes jobs/)));
  return { bot, workers };
}

const inOrder = (a = "", b = ""): number => a.localeCompare(b);

const isPrivate = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

describe.each([
  ["SQS", async () => settings["QUEUE_URL"]],
  ["Redis", async () => opened.use(await startRedis()).url()],
])("bot and workers apart, over %s and S3", (_engine, queueUrl) => {
  beforeEach(async () => {
    Object.assign(settings, { QUEUE_URL: await queueUrl() });
  });

  it("answers, posts a round, keeps presses and images, and stops in order", async () => {
    const { bot, workers } = await startAll();
    const [ketchup, mustard, relish] = PEOPLE.map((name) => discord.user(name)) as [
      ReturnType<typeof discord.user>,
      ReturnType<typeof discord.user>,
      ReturnType<typeof discord.user>,
    ];
    const stats = ketchup.command("stats", { numbers: "3 5 8" });
    expect(JSON.stringify((await stats.answer()).embeds)).toContain("5.33333333333");
    await vi.waitFor(async () => {
      const [log] = await store.list("logs/");
      expect(log?.key).toMatch(new RegExp(`^logs/\\d{4}/\\d\\d/\\d\\d/${stats.id}\\.txt$`));
    });

    const round = await ketchup.command("hotdog").answer();
    const buttons = customIdsOf(round);
    expect(buttons).toHaveLength(8);
    const presses = [mustard.press(round, buttons[1] ?? ""), relish.press(round, buttons[0] ?? "")];
    const told = await Promise.all(presses.map((press) => press.answer()));
    expect(told.every(isPrivate)).toBe(true);
    const [part] = await partsOf(store, "labels/");
    const kept = part?.rows.map(([id, , , label]) => `${id}: ${label}`);
    expect(kept?.toSorted(inOrder)).toEqual([`${presses[0]?.id}: 1`, `${presses[1]?.id}: 0`]);

    const picture = { name: "photo.png", bytes: await plainPng(IMAGES) };
    const upload = relish.command("upload", { image: picture });
    expect((await upload.answer()).content).toContain("**added**");
    expect(await store.list("images/")).toHaveLength(IMAGES + 1);

    for (const process of [bot, ...workers]) {
      process.child.kill("SIGTERM");
      expect(await process.exited).toBe(0);
    }
  }, 120_000);

  it("loses and doubles nothing when a worker is killed in the midst of it", async () => {
    const { workers } = await startAll();
    const rounds = await Promise.all(PEOPLE.map((name) => discord.user(name).command("hotdog").answer()));
    const pressed: string[] = [];
    const asked: string[] = [];
    /** The bot takes 10 presses a second from one person. */
    async function act(name: (typeof PEOPLE)[number], round: APIMessage): Promise<void> {
      const user = discord.user(name);
      const stats = Array.from({ length: 5 }, (_, index) =>
        user.command("stats", { numbers: `1 ${index + 1}` }),
      );
      const presses = customIdsOf(round).map((customId) => user.press(round, customId));
      asked.push(...stats.map(({ id }) => id));
      pressed.push(...presses.map(({ id }) => id));
      const told = await Promise.all(presses.map((press) => press.answer(AFTER_A_KILL)));
      for (const { content } of told) expect(content).toMatch(/^Saved: /);
      await Promise.all(stats.map((one) => one.answer(AFTER_A_KILL)));
    }
    const [one] = workers;
    whenWritten = (key, credentials) => {
      if (key.includes("/labels/") && credentials.includes("Credential=one/")) one?.child.kill("SIGKILL");
    };
    const actAll = () => Promise.all(rounds.map((round, index) => act(PEOPLE[index] ?? "ketchup", round)));
    // As long as the other one has taken every press.
    while (one?.child.signalCode === null) {
      await actAll();
      await wait(1_000);
    }
    await actAll();

    const rows = (await partsOf(store, "labels/")).flatMap((part) => part.rows.map(([id]) => id));
    expect(rows.toSorted(inOrder)).toEqual(pressed.toSorted(inOrder));
    await vi.waitFor(
      async () => {
        const logs = await store.list("logs/");
        const ids = logs.map(({ key }) => /(\d+)\.txt$/.exec(key)?.[1]);
        expect(ids.toSorted(inOrder)).toEqual(asked.toSorted(inOrder));
      },
      { timeout: 60_000, interval: 100 },
    );
    const answers = discord.messages().filter(({ embeds }) => embeds.length > 0);
    expect(answers).toHaveLength(asked.length);
  }, 240_000);
});

describe("a process apart", () => {
  it.each(["src/bot/main.ts", "src/worker/main.ts"])("names what %s needs and has not", async (main) => {
    await using process = runProcess(main, {});
    expect(await process.exited).toBe(1);
    expect(process.output()).toContain("  DISCORD_TOKEN is required\n  QUEUE_URL is required\n");
  });

  it.each([
    [
      { QUEUE_URL: "memory:" },
      "QUEUE_URL must be the address of an SQS queue, .*; memory: lives in one process",
    ],
    [
      { QUEUE_URL: "memory" },
      "QUEUE_URL must be the address of an SQS queue, https://…/QUEUE, or of Redis, .*\n",
    ],
    [{ QUEUE_URL: "https://127.0.0.1:1/jobs?a=1" }, "QUEUE_URL must end with the name of the queue"],
    [{ LABELER_SECRET: "" }, "LABELER_SECRET is required with a store on S3: 16 characters or more"],
    [{ STORE_URL: "s3://" }, "STORE_URL must be file:FOLDER, such as file:./data, or s3://BUCKET/PREFIX"],
    [{ S3_FORCE_PATH_STYLE: "yes" }, "S3_FORCE_PATH_STYLE must be true or false"],
    [
      { STORE_URL: "s3://no-such-bucket" },
      "The bucket no-such-bucket at http://.* cannot be used: it does not exist",
    ],
    [
      { QUEUE_URL: "redis://:a-secret@127.0.0.1:1" },
      "^hotdog-bot cannot start. The queue redis://127.0.0.1:1/0 cannot be used: it cannot be reached",
    ],
    [{ QUEUE_URL: "redis:///a-secret" }, "QUEUE_URL must be the address of .*, redis://"],
    [{ QUEUE_URL: "https://127.0.0.1:1/hotdog" }, "The queue .*/hotdog cannot be used: it cannot be reached"],
  ])("says in a worker what is wrong with %j", async (wrong, sentence) => {
    Object.assign(settings, wrong);
    const worker = run("src/worker/main.ts");
    expect(await worker.exited).toBe(1);
    expect(worker.output()).toMatch(new RegExp(sentence));
    expect(worker.output()).not.toContain("    at ");
    expect(worker.output()).not.toContain("a-secret");
  });

  it("keeps a second worker off a folder until the first has gone, even killed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
    opened.defer(() => rm(folder, { recursive: true, force: true }));
    Object.assign(settings, { STORE_URL: `file:${folder}`, LABELER_SECRET: "" });
    const first = run("src/worker/main.ts");
    await first.waitFor(/the worker takes jobs/);
    const second = run("src/worker/main.ts");
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      /^hotdog-bot cannot start\. Another worker has the store in .*s3:\/\/.*\n$/,
    );
    first.child.kill("SIGKILL");
    await first.exited;
    await run("src/worker/main.ts").waitFor(/the worker takes jobs/);
  });
});
