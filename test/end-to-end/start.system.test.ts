import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addressOf, putImage, startInFolder } from "./local-bot.ts";
import { inherited, watchProcess, type RunningProcess } from "./process.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (settings: Record<string, string> = {}): RunningProcess => startInFolder(folder, settings);

/** The log of a process that shuts down cleanly. */
const CLEAN_SHUTDOWN = /stopping: finishing the work in progress[^]*"msg":"stopped"/;

/** Sends the signal after the start and resolves with the exit code. */
async function stop(bot: RunningProcess, signal: NodeJS.Signals): Promise<number | string> {
  await addressOf(bot);
  bot.child.kill(signal);
  return bot.exited;
}

describe("npm start", () => {
  it("names every wrong setting and exits with code 1", async () => {
    await using bot = start({
      LOG_LEVEL: "loud",
      PLAYGROUND_PORT: "http",
      STORE_URL: "ftp://x",
      WORKER_CONCURRENCY: "0",
      HEALTH_PORT: "-1",
    });
    expect(await bot.exited).toBe(1);
    for (const name of ["LOG_LEVEL", "PLAYGROUND_PORT", "STORE_URL", "WORKER_CONCURRENCY", "HEALTH_PORT"]) {
      expect(bot.output()).toContain(`  ${name} must be`);
    }
  });

  /** Starts the process in the test's folder, which has its .env and its data. */
  async function startIn(main = "src/main.ts"): Promise<RunningProcess> {
    await putImage(join(folder, "data"));
    const child = spawn(process.execPath, [join(import.meta.dirname, "../..", main)], {
      cwd: folder,
      env: { ...inherited(), PLAYGROUND_PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return watchProcess(child, main);
  }

  it("reports that .env sets no token, which setting is misspelled, and the local Discord's address as the last line", async () => {
    await writeFile(join(folder, ".env"), "DISCROD_TOKEN=a.b.c\n");
    await using bot = await startIn();
    await addressOf(bot);
    const lines = bot.output().trimEnd().split("\n");
    expect(lines).toContain("unknown setting DISCROD_TOKEN in .env; did you mean DISCORD_TOKEN?");
    const notices = lines.filter((line) =>
      line.includes(".env sets no DISCORD_TOKEN, so this opens the local Discord"),
    );
    expect(notices).toHaveLength(1);
    expect(lines.filter((line) => line.includes("the commands were published"))).toHaveLength(1);
    expect(lines.at(-1)).toContain("the local Discord is open at http://127.0.0.1:");
  });

  it("does not mention a missing .env, and shuts down cleanly at SIGINT", async () => {
    await using bot = await startIn();
    expect(await stop(bot, "SIGINT")).toBe(0);
    expect(bot.output()).toMatch(CLEAN_SHUTDOWN);
    expect(bot.output()).not.toContain(".env");
  });

  it("treats a blank setting as absent, and shuts down cleanly at SIGTERM", async () => {
    await putImage(folder);
    await using bot = start({ LOG_LEVEL: " ", DISCORD_TOKEN: "" });
    expect(await stop(bot, "SIGTERM")).toBe(0);
    expect(bot.output()).toMatch(CLEAN_SHUTDOWN);
  });

  it("names a missing required setting and its misspelling", async () => {
    await writeFile(join(folder, ".env"), "DISCROD_TOKEN=a.b.c\nQUEUE_URL=redis://127.0.0.1:1\n");
    await using bot = await startIn("src/bot/main.ts");
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toBe(
      "unknown setting DISCROD_TOKEN in .env; did you mean DISCORD_TOKEN?\nhotdog-bot cannot start. These settings are wrong:\n  DISCORD_TOKEN is required\n",
    );
  });

  it("explains that its folder cannot be created", async () => {
    await using bot = start({ STORE_URL: "file:/proc/hotdog" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(
      /^hotdog-bot cannot start\. The folder of STORE_URL cannot be used: .*\/proc\/hotdog'\n$/,
    );
  });

  it("explains which port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await using bot = start({ PLAYGROUND_PORT: String(port) });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(new RegExp(`Port ${port} is in use\\..* PLAYGROUND_PORT: 0 `));
    expect(bot.output()).not.toContain("    at ");
    other.close();
  });

  it("explains that Discord cannot be reached", async () => {
    const api = "http://127.0.0.1:1";
    await using bot = start({ DISCORD_API: api, DISCORD_TOKEN: "a.b.c" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(
      /^hotdog-bot cannot start\. Discord cannot be reached at http:\/\/127\.0\.0\.1:1: no connection can be made \(ECONNREFUSED\); .*\.\n$/m,
    );
    expect(bot.output()).not.toContain("    at ");
  });
});
