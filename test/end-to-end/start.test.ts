import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { startPlayground } from "../../playground/start.ts";
import { openBrowser } from "./browser.ts";
import { addressOf, openPage, reads, say, startInFolder } from "./newcomer.ts";
import type { RunningProcess } from "./process.ts";

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
