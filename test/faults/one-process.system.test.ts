import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MessageFlags, type APIMessage } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { diskStore } from "../../src/object-store/disk.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { runProcess, type RunningProcess } from "../end-to-end/process.ts";
import { addPlainImages } from "../pictures.ts";
import { accountOf, type Item } from "./account.ts";
import type { Fate } from "./fate.ts";
import { startLoad, type Load, type Phase } from "./load.ts";
import { summary } from "./summary.ts";

const IMAGES = 4;
const KILLS = 3;
/** Presses that are confirmed before a kill, before the disk is full and after it. */
const MANY = 30;
/** Milliseconds between an acknowledgement and a kill, the first time none. */
const LATER = 5;
/** Milliseconds between two presses of a person. */
const INTERVAL = 125;
/** For all that waits for a state. */
const PATIENCE = { timeout: 60_000, interval: 50 };
/** Milliseconds before the second attempt at a job: five span longer than the disk is full. */
const RETRY_DELAY = "500";
const PRELOAD = new URL("full-disk.ts", import.meta.url).href;
const LOST_LOG = /^stats \d+, asked at [\d.]+ s, is answered and not kept$/;
const CALM: Phase = { name: "without a fault", leavesThinking: false };
const UNTIL_KILLED: Phase = { name: "until it is killed", leavesThinking: true };

let opened: AsyncDisposableStack;
let folder: string;
let discord: LocalDiscord;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  discord = await startLocalDiscord({ port: 0 });
  opened.defer(() => discord.close());
  await addPlainImages(imageSet(await diskStore(folder)), IMAGES);
});

afterEach(() => opened.disposeAsync());

/** `npm start` with the queue in memory, on a Discord that outlives it. */
function run(own: Record<string, string> = {}): RunningProcess {
  const settings = {
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    STORE_URL: `file:${folder}`,
    JOB_RETRY_DELAY_MS: RETRY_DELAY,
  };
  return opened.use(runProcess("src/main.ts", { ...settings, ...own }));
}

async function start(own?: Record<string, string>): Promise<RunningProcess> {
  const process = run(own);
  await process.waitFor(/the bot is connected/);
  return process;
}

async function newRound(): Promise<readonly APIMessage[]> {
  return [await discord.user("ketchup").command("hotdog").answer()];
}

/** All files of the folder, as a bucket has its objects. */
const files = {
  keys: () => readdirSync(folder, { recursive: true, encoding: "utf8" }),
  get: (key: string) =>
    existsSync(join(folder, key)) ? { body: readFileSync(join(folder, key)) } : undefined,
};

/** Resolves when something has just been acknowledged. */
async function untilThinking(): Promise<void> {
  const seen = new Set(discord.messages().map(({ id }) => id));
  await discord.waitForMessage(({ id, flags = 0 }) => !seen.has(id) && (flags & MessageFlags.Loading) !== 0);
}

function account({ asked }: Load): Item[] {
  return accountOf(asked, { messages: discord.messages(), bucket: files, queue: undefined });
}

/** Resolves when many presses were confirmed since then. */
async function manyConfirmed({ asked }: Load, since = asked.length): Promise<void> {
  await vi.waitFor(() => {
    const confirmed = asked.slice(since).filter(({ kind, told }) => kind === "press" && told === "answered");
    expect(confirmed.length).toBeGreaterThan(MANY);
  }, PATIENCE);
}

/** Waits until everybody is told something, and expects that nothing is lost and nothing doubled. */
async function expectExactly(load: Load): Promise<Item[]> {
  await load.stop();
  await vi.waitFor(() => expect(load.asked.filter(({ told }) => told === undefined)).toEqual([]), PATIENCE);
  return vi.waitFor(() => {
    const items = account(load);
    expect(problemsOf(items)).toEqual([]);
    return items;
  }, PATIENCE);
}

function problemsOf(items: readonly Item[]): string[] {
  return items.flatMap(({ problems }) => problems);
}

describe("one process with the queue in memory", () => {
  it("that is killed has the row of every press it confirmed, though it loses jobs that it has not done", async () => {
    let running = await start();
    const rounds = await newRound();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const load = startLoad(discord, rounds, { phase: UNTIL_KILLED, interval: INTERVAL });
      await manyConfirmed(load);
      await untilThinking();
      // Each time later in the work.
      await wait(kill * LATER);
      running.child.kill("SIGKILL");
      await running.exited;
      const items = account(load);
      await load.stop();
      running = await start();
      const lostLogs = problemsOf(items).filter((problem) => LOST_LOG.test(problem));
      expect(problemsOf(items)).toEqual(lostLogs);
      expect(items.some(({ asked, isKept }) => asked.kind === "stats" && isKept)).toBe(true);
      process.stdout.write(
        `one process, killed: ${summary(items)}; logs that were lost: ${lostLogs.length}\n`,
      );
    }
    const load = startLoad(discord, rounds, { phase: CALM, interval: INTERVAL });
    await manyConfirmed(load);
    await expectExactly(load);
  });

  it("loses and doubles nothing when the disk is full for a while", async () => {
    const flag = join(tmpdir(), `full-disk-${discord.applicationId}`);
    opened.defer(() => rm(flag, { force: true }));
    const running = await start({ NODE_OPTIONS: `--import ${PRELOAD}`, FULL_DISK: flag });
    const load = startLoad(discord, await newRound(), { phase: CALM, interval: INTERVAL });
    await manyConfirmed(load);
    await writeFile(flag, "");
    const whenFull = load.asked.length;
    // In each of the three ways in which it shows.
    for (const call of ["open", "write", "fsync"])
      await vi.waitFor(
        () => expect(running.output()).toContain(`no space left on device, ${call}`),
        PATIENCE,
      );
    await vi.waitFor(() => expect(load.asked.length).toBeGreaterThan(whenFull + 2 * MANY), PATIENCE);
    const presses = account(load).filter(({ asked }) => asked.kind === "press");
    const withFate = (fate: Fate): Item[] => presses.filter((item) => item.fate === fate);
    expect(withFate("answered").filter(({ isKept }) => !isKept)).toEqual([]);
    expect(withFate("thinking")).not.toEqual([]);
    await rm(flag);
    await manyConfirmed(load);
    const items = await expectExactly(load);
    process.stdout.write(`one process, disk full: ${summary(items)}\n`);
    expect(running.child.exitCode).toBeNull();
  });
});
