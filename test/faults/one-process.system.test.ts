import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MessageFlags } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { diskStore } from "../../src/object-store/disk.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { runProcess, type RunningProcess } from "../end-to-end/process.ts";
import { addPlainImages } from "../pictures.ts";
import { openProjects } from "./projects.ts";
import { SECRET } from "./records.ts";
import type { Phase } from "./requests.ts";
import { verifyRequests, type RequestResult } from "./verify.ts";
import type { VisibleState } from "./visible-state.ts";
import { startLoad, type Load } from "./load.ts";
import { summarize } from "./summary.ts";

const IMAGES = 4;
const KILLS = 3;
/** Number of confirmed presses before a kill, before the disk is full, and after it. */
const MIN_PRESSES = 30;
/** How much later after an acknowledgement each kill is than the one before; the first has no delay. */
const KILL_DELAY_STEP_MS = 5;
/** Time between two presses of a person. */
const PRESS_INTERVAL_MS = 125;
const WAIT_OPTIONS = { timeout: 60_000, interval: 50 };
/** With this delay, five attempts span longer than the disk is full. */
const RETRY_DELAY_MS = "500";
const PRELOAD = new URL("full-disk.ts", import.meta.url).href;
const LOST_LOG = /^stats \d+, sent at [\d.]+ s, is answered and not stored$/;
const CALM: Phase = { name: "without a fault", mayLeaveThinking: false };
const UNTIL_KILLED: Phase = { name: "until it is killed", mayLeaveThinking: true };

let disposables: AsyncDisposableStack;
let folder: string;
let discord: LocalDiscord;

beforeEach(async () => {
  disposables = new AsyncDisposableStack();
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
  disposables.defer(() => rm(folder, { recursive: true, force: true }));
  discord = await startLocalDiscord({ port: 0 });
  disposables.defer(() => discord.close());
  await addPlainImages(imageSet(await diskStore(folder)), IMAGES);
});

afterEach(() => disposables.disposeAsync());

/** Runs `npm start` with the in-memory queue, on a local Discord that outlives it. */
function run(overrides: Record<string, string> = {}): RunningProcess {
  const settings = {
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API: discord.api,
    DISCORD_CDN_ORIGINS: discord.cdn,
    STORE_URL: `file:${folder}`,
    LABELER_SECRET: SECRET,
    JOB_RETRY_DELAY_MS: RETRY_DELAY_MS,
  };
  return disposables.use(runProcess("src/main.ts", { ...settings, ...overrides }));
}

async function start(overrides?: Record<string, string>): Promise<RunningProcess> {
  const process = run(overrides);
  await process.waitFor(/the bot is connected/);
  return process;
}

/** The files of the folder, in the form of a bucket's objects. */
const files = {
  keys: () => readdirSync(folder, { recursive: true, encoding: "utf8" }),
  get: (key: string) =>
    existsSync(join(folder, key)) ? { body: readFileSync(join(folder, key)) } : undefined,
};

/** Resolves at the next acknowledgement. */
async function untilThinking(): Promise<void> {
  const seen = new Set(discord.messages().map(({ id }) => id));
  await discord.waitForMessage(({ id, flags = 0 }) => !seen.has(id) && (flags & MessageFlags.Loading) !== 0);
}

function verify({ requests }: Load): RequestResult[] {
  return verifyRequests(requests, { messages: discord.messages(), bucket: files, queue: undefined });
}

/** Resolves when enough of the requests since an index are confirmed presses. */
async function pressesConfirmed({ requests }: Load, since = requests.length): Promise<void> {
  await vi.waitFor(() => {
    const confirmed = requests
      .slice(since)
      .filter(({ kind, finalState }) => kind === "press" && finalState === "answered");
    expect(confirmed.length).toBeGreaterThan(MIN_PRESSES);
  }, WAIT_OPTIONS);
}

/** Waits until all requests are done, and expects that nothing is lost or duplicated. */
async function expectExactly(load: Load): Promise<RequestResult[]> {
  await load.stop();
  await vi.waitFor(
    () => expect(load.requests.filter(({ finalState }) => finalState === undefined)).toEqual([]),
    WAIT_OPTIONS,
  );
  return vi.waitFor(() => {
    const items = verify(load);
    expect(problemsOf(items)).toEqual([]);
    return items;
  }, WAIT_OPTIONS);
}

function problemsOf(items: readonly RequestResult[]): string[] {
  return items.flatMap(({ problems }) => problems);
}

describe("one process with the in-memory queue", () => {
  it("keeps the row of every confirmed press when it is killed, although it loses unfinished jobs", async () => {
    let running = await start();
    const projects = await openProjects(discord);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const load = startLoad(discord, projects, { phase: UNTIL_KILLED, interval: PRESS_INTERVAL_MS });
      await pressesConfirmed(load);
      await untilThinking();
      // Each kill comes a little later in the work.
      await wait(kill * KILL_DELAY_STEP_MS);
      running.child.kill("SIGKILL");
      await running.exited;
      const items = verify(load);
      await load.stop();
      running = await start();
      const lostLogs = problemsOf(items).filter((problem) => LOST_LOG.test(problem));
      expect(problemsOf(items)).toEqual(lostLogs);
      expect(items.some(({ request, stored }) => request.kind === "stats" && stored)).toBe(true);
      process.stdout.write(`one process, killed: ${summarize(items)}; lost logs: ${lostLogs.length}\n`);
    }
    const load = startLoad(discord, projects, { phase: CALM, interval: PRESS_INTERVAL_MS });
    await pressesConfirmed(load);
    await expectExactly(load);
  });

  it("loses and duplicates nothing while the disk is full", async () => {
    const flag = join(tmpdir(), `full-disk-${discord.applicationId}`);
    disposables.defer(() => rm(flag, { force: true }));
    const running = await start({ NODE_OPTIONS: `--import ${PRELOAD}`, FULL_DISK: flag });
    const projects = await openProjects(discord);
    const load = startLoad(discord, projects, { phase: CALM, interval: PRESS_INTERVAL_MS });
    await pressesConfirmed(load);
    await writeFile(flag, "");
    const whenFull = load.requests.length;
    // Each of the three calls must have failed.
    for (const call of ["open", "write", "fsync"])
      await vi.waitFor(
        () => expect(running.output()).toContain(`no space left on device, ${call}`),
        WAIT_OPTIONS,
      );
    await vi.waitFor(
      () => expect(load.requests.length).toBeGreaterThan(whenFull + 2 * MIN_PRESSES),
      WAIT_OPTIONS,
    );
    const presses = verify(load).filter(({ request }) => request.kind === "press");
    const withState = (state: VisibleState): RequestResult[] =>
      presses.filter((item) => item.state === state);
    expect(withState("answered").filter(({ stored }) => !stored)).toEqual([]);
    expect(withState("thinking")).not.toEqual([]);
    await rm(flag);
    await pressesConfirmed(load);
    const items = await expectExactly(load);
    process.stdout.write(`one process, disk full: ${summarize(items)}\n`);
    expect(running.child.exitCode).toBeNull();
  });
});
