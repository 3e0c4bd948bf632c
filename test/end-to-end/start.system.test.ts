import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addressOf, putImage, startInFolder } from "./newcomer.ts";
import { inherited, watchProcess, type RunningProcess } from "./process.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (settings: Record<string, string> = {}): RunningProcess => startInFolder(folder, settings);

/** What is logged by a process that stops in order. */
const IN_ORDER = /stopping: finishing the work in progress[^]*"msg":"stopped"/;

/** Sends the signal once the start is over, and resolves with the exit code. */
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

  /** In its folder, from which it reads `.env`, and where the data folder is. */
  async function startIn(main = "src/main.ts"): Promise<RunningProcess> {
    await putImage(join(folder, "data"));
    const child = spawn(process.execPath, [join(import.meta.dirname, "../..", main)], {
      cwd: folder,
      env: { ...inherited(), PLAYGROUND_PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return watchProcess(child, main);
  }

  it("says that .env sets no token and the local Discord opens, which name it misspells, and its address last", async () => {
    await writeFile(join(folder, ".env"), "DISCROD_TOKEN=a.b.c\n");
    await using bot = await startIn();
    await addressOf(bot);
    const lines = bot.output().trimEnd().split("\n");
    expect(lines).toContain("unknown setting DISCROD_TOKEN in .env; did you mean DISCORD_TOKEN?");
    const told = lines.filter((line) =>
      line.includes(".env sets no DISCORD_TOKEN, so this opens the local Discord"),
    );
    expect(told).toHaveLength(1);
    expect(lines.filter((line) => line.includes("the commands were published"))).toHaveLength(1);
    expect(lines.at(-1)).toContain("the local Discord is open at http://127.0.0.1:");
  });

  it("says nothing of .env where there is none, and stops in order at SIGINT", async () => {
    await using bot = await startIn();
    expect(await stop(bot, "SIGINT")).toBe(0);
    expect(bot.output()).toMatch(IN_ORDER);
    expect(bot.output()).not.toContain(".env");
  });

  it("takes a blank setting as absent, and stops in order at SIGTERM", async () => {
    await putImage(folder);
    await using bot = start({ LOG_LEVEL: " ", DISCORD_TOKEN: "" });
    expect(await stop(bot, "SIGTERM")).toBe(0);
    expect(bot.output()).toMatch(IN_ORDER);
  });

  it("says which setting is missing, and how it is misspelled, where nothing works without it", async () => {
    await writeFile(join(folder, ".env"), "DISCROD_TOKEN=a.b.c\nQUEUE_URL=redis://127.0.0.1:1\n");
    await using bot = await startIn("src/bot/main.ts");
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toBe(
      "unknown setting DISCROD_TOKEN in .env; did you mean DISCORD_TOKEN?\nhotdog-bot cannot start. These settings are wrong:\n  DISCORD_TOKEN is required\n",
    );
  });

  it("says where its folder cannot be made", async () => {
    await using bot = start({ STORE_URL: "file:/proc/hotdog" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(
      /^hotdog-bot cannot start\. The folder of STORE_URL cannot be used: .*\/proc\/hotdog'\n$/,
    );
  });

  it("says which port is taken and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await using bot = start({ PLAYGROUND_PORT: String(port) });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toContain(`Port ${port} is in use`);
    expect(bot.output()).not.toContain("    at ");
    other.close();
  });

  it("says that there is no way to Discord", async () => {
    const api = "http://127.0.0.1:1";
    await using bot = start({ DISCORD_API: api, DISCORD_TOKEN: "a.b.c" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(
      /^hotdog-bot cannot start\. Discord cannot be reached at http:\/\/127\.0\.0\.1:1: no connection can be made \(ECONNREFUSED\); .*\.\n$/m,
    );
    expect(bot.output()).not.toContain("    at ");
  });
});
