import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { APIMessage } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startPlayground, type Playground } from "../../playground/start.ts";
import { diskStore } from "../../src/store/disk.ts";
import { imageSet } from "../../src/store/image-set.ts";
import { runProcess, type RunningProcess } from "../end-to-end/process.ts";
import { plainPng } from "../pictures.ts";
import { accountOf, type Account } from "./account.ts";
import { load, type Load } from "./load.ts";
import { summary } from "./summary.ts";

const IMAGES = 4;
const KILLS = 3;
/** Presses before a kill. */
const MANY = 40;
/** Milliseconds. */
const BUSY = 2_000;
const FULL = 4_000;
const SETTLED = { timeout: 60_000, interval: 100 };
const PRELOAD = new URL("full-disk.ts", import.meta.url).href;
const LOST_LOG = /^stats \d+ is answered and not kept$/;

let opened: AsyncDisposableStack;
let folder: string;
let discord: Playground;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  discord = await startPlayground({ port: 0 });
  opened.defer(() => discord.close());
  const images = imageSet(await diskStore(folder));
  for (let index = 0; index < IMAGES; index += 1) {
    const png = await plainPng(index);
    await images.add({ uploaded: png, stored: png, format: "png" });
  }
});

afterEach(() => opened.disposeAsync());

/** `npm start` with the queue in memory, on a Discord that outlives it. */
function run(own: Record<string, string> = {}): RunningProcess {
  const settings = {
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    STORE_URL: `file:${folder}`,
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

function account(made: Load): Account {
  return accountOf(made, { messages: discord.messages(), bucket: files, taken: undefined });
}

/** Waits until everybody is answered, and expects that nothing is lost and nothing doubled. */
async function expectExactly(made: Load): Promise<Account> {
  return vi.waitFor(() => {
    const now = account(made);
    expect(now.problems).toEqual([]);
    expect(now.stats.thinking + now.presses.thinking).toBe(0);
    expect(now.stats.answered).toBeGreaterThan(0);
    expect(now.presses.answered).toBeGreaterThan(0);
    return now;
  }, SETTLED);
}

describe("one process with the queue in memory", () => {
  it("that is killed has the row of every press it confirmed, though it loses jobs that it has not done", async () => {
    let running = await start();
    const rounds = await newRound();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const busy = load(discord, rounds);
      await vi.waitFor(() => expect(account(busy.made).presses.answered).toBeGreaterThan(MANY), SETTLED);
      running.child.kill("SIGKILL");
      await running.exited;
      const found = account(busy.made);
      await busy.stop();
      running = await start();
      const lostLogs = found.problems.filter((problem) => LOST_LOG.test(problem));
      expect(found.problems).toEqual(lostLogs);
      expect(found.stats.kept).toBeGreaterThan(0);
      process.stdout.write(
        `one process, killed: ${summary(found, 0)}; logs that were lost: ${lostLogs.length}\n`,
      );
    }
    const busy = load(discord, rounds);
    await wait(BUSY);
    await busy.stop();
    await expectExactly(busy.made);
  });

  it("loses and doubles nothing when the disk is full for a while", async () => {
    const flag = join(tmpdir(), `full-disk-${discord.applicationId}`);
    opened.defer(() => rm(flag, { force: true }));
    const running = await start({ NODE_OPTIONS: `--import ${PRELOAD}`, FULL_DISK: flag });
    const rounds = await newRound();
    const busy = load(discord, rounds);
    await wait(BUSY);
    await writeFile(flag, "");
    await wait(FULL);
    const pressed = account(busy.made).presses;
    expect(pressed.kept).toBeGreaterThanOrEqual(pressed.answered);
    expect(pressed.thinking).toBeGreaterThan(0);
    await rm(flag);
    await wait(BUSY);
    await busy.stop();
    const settled = await expectExactly(busy.made);
    process.stdout.write(`one process, disk full: ${summary(settled, 0)}\n`);
    expect(running.output()).toContain("ENOSPC");
    expect(running.child.exitCode).toBeNull();
  });
});
