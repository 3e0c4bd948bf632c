import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { startPlayground } from "../../playground/start.ts";
import { openBrowser } from "./browser.ts";
import { addressOf, openPage, reads, say, startInFolder } from "./newcomer.ts";
import { watchProcess, type RunningProcess } from "./process.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (settings: Record<string, string> = {}): RunningProcess => startInFolder(folder, settings);

describe("npm start, for a newcomer with a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  const open = (bot: RunningProcess): Promise<Page> => openPage(browser, bot);

  it("answers /stats 3 5 8 in the page and leaves the log in the data folder", async () => {
    await using bot = start();
    const page = await open(bot);
    await say(page, "/stats 3 5 8");
    await reads(page, /Min: 3\s+Max: 8\s+Mean: ≈ 5\.33333333333\s+Median: 5/);

    const file = await vi.waitFor(async () => {
      const names = await readdir(join(folder, "logs"), { recursive: true });
      const name = names.find((found) => found.endsWith(".txt"));
      if (name === undefined) throw new Error(`no log among ${names.join(", ")}`);
      return name;
    });
    const log = await readFile(join(folder, "logs", file), "utf8");
    expect(log).toContain("min: 3\nmax: 8\nmean: ≈ 5.33333333333\nmedian: 5\n");
  });

  it("shows a refusal only to whoever typed it", async () => {
    await using bot = start();
    const page = await open(bot);
    await say(page, "/stats 3 abc");
    await reads(page, /Not a number: abc/);
    await reads(page, /Only you can see this/);
    await page.getByRole("combobox", { name: "User" }).selectOption({ label: "mustard" });
    await say(page, "/stats 1");
    await reads(page, /Min: 1/);
    expect(await page.getByText("Not a number").count()).toBe(0);
  });

  it("speaks French when the page does", async () => {
    await using bot = start();
    const page = await open(bot);
    await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Français" });
    await say(page, "/stats 3 5 8");
    await reads(page, /Moyenne : ≈ 5\.33333333333\s+Médiane : 5/);
  });

  it("has everything again after a kill and a restart", async () => {
    {
      await using bot = start();
      const page = await open(bot);
      await say(page, "/stats 3 5 8");
      await reads(page, /Mean: ≈ 5\.33333333333/);
      bot.child.kill("SIGKILL");
      await bot.exited;
    }
    await using bot = start();
    const page = await open(bot);
    await reads(page, /Mean: ≈ 5\.33333333333/);
    await say(page, "/stats 2 4");
    await reads(page, /Mean: 3\s+Median: 3/);
  });
});

describe("npm start", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("stops in order at %s", async (signal) => {
    await using bot = start();
    await addressOf(bot);
    bot.child.kill(signal);
    expect(await bot.exited).toBe(0);
    expect(bot.output()).toContain("stopping: no new work is taken");
    expect(bot.output()).toContain('"msg":"stopped"');
  });

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

  /** In its folder, from which it reads `.env`. */
  function startIn(main = "src/main.ts"): RunningProcess {
    const child = spawn(process.execPath, [join(import.meta.dirname, "../..", main)], {
      cwd: folder,
      env: { PATH: process.env["PATH"], PLAYGROUND_PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return watchProcess(child, main);
  }

  it("says that .env sets no token and the local Discord opens, which name it misspells, and its address last", async () => {
    await writeFile(join(folder, ".env"), "DISCROD_TOKEN=a.b.c\n");
    await using bot = startIn();
    await addressOf(bot);
    const lines = bot.output().trimEnd().split("\n");
    expect(lines).toContain("unknown setting DISCROD_TOKEN in .env; did you mean DISCORD_TOKEN?");
    const told = lines.filter((line) =>
      line.includes(".env sets no DISCORD_TOKEN: this opens the local Discord"),
    );
    expect(told).toHaveLength(1);
    expect(lines.filter((line) => line.includes("the commands were published"))).toHaveLength(1);
    expect(lines.at(-1)).toContain("the local Discord is open at http://127.0.0.1:");
  });

  it("says nothing of .env where there is none", async () => {
    await using bot = startIn();
    await addressOf(bot);
    expect(bot.output()).not.toContain(".env");
  });

  it("says which setting is missing, and how it is misspelled, where nothing works without it", async () => {
    await writeFile(join(folder, ".env"), "DISCROD_TOKEN=a.b.c\nQUEUE_URL=redis://127.0.0.1:1\n");
    await using bot = startIn("src/bot/main.ts");
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toBe(
      "unknown setting DISCROD_TOKEN in .env; did you mean DISCORD_TOKEN?\nhotdog-bot cannot start. These settings are wrong:\n  DISCORD_TOKEN is required\n",
    );
  });

  it("says that .env is a folder", async () => {
    await mkdir(join(folder, ".env"));
    await using bot = startIn();
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(/^hotdog-bot cannot start\. \.env is a folder, and must be a file .*\n$/);
  });

  it("says where its folder cannot be made", async () => {
    await using bot = start({ STORE_URL: "file:/proc/hotdog" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(
      /^hotdog-bot cannot start\. The folder of STORE_URL cannot be used: .*\/proc\/hotdog'\n$/,
    );
  });

  it.each([
    ["http://127.0.0.1:1", /no connection can be made \(ECONNREFUSED\); check the network, and a firewall/],
    [
      "https://no-such-host.invalid",
      /its name cannot be looked up \(\w+\); check that this machine is connected/,
    ],
  ])("says that there is no way to Discord at %s", async (api, says) => {
    await using bot = start({ DISCORD_API: api, DISCORD_TOKEN: "a.b.c" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toMatch(says);
    expect(bot.output()).toContain(`hotdog-bot cannot start. Discord cannot be reached at ${api}: `);
    expect(bot.output()).not.toContain("    at ");
  });

  it("says that something else than Discord answers", async () => {
    const proxy = createHttpServer((_, response) => response.writeHead(403).end("<html>log in first</html>"));
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void proxy.close());
    const api = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await using bot = start({ DISCORD_API: api, DISCORD_TOKEN: "a.b.c" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toContain(`What answers at ${api} is not Discord (HTTP 403).`);
  });

  it("takes a blank setting as absent", async () => {
    await using bot = start({ LOG_LEVEL: " ", DISCORD_TOKEN: "" });
    expect(await addressOf(bot)).toContain("http://127.0.0.1");
  });

  it("says which port is taken and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await using bot = start({ PLAYGROUND_PORT: String(port) });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toContain(`Port ${port} is taken`);
    expect(bot.output()).not.toContain("    at ");
    other.close();
  });

  it("says that Discord does not accept the token", async () => {
    const discord = await startPlayground({ port: 0 });
    onTestFinished(() => discord.close());
    await using bot = start({ DISCORD_API: discord.api, DISCORD_TOKEN: "not.the.token" });
    expect(await bot.exited).toBe(1);
    expect(bot.output()).toContain("Discord does not accept the token in DISCORD_TOKEN");
  });
});
