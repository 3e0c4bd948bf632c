import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sharedBrowser } from "../../local-discord/test/browser/shared-browser.ts";
import { openPage, startInFolder, typeText, waitForText } from "./local-bot.ts";
import type { RunningProcess } from "./process.ts";

describe("npm start in the browser", () => {
  const browser = sharedBrowser();
  let folder: string;
  let bot: RunningProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
    bot = startInFolder(folder);
  });

  afterAll(async () => {
    await bot[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const open = (): Promise<Page> => openPage(browser, bot);

  it("answers /stats 3 5 8 in the page and leaves the log in the data folder", async () => {
    const page = await open();
    await typeText(page, "/stats 3 5 8");
    await waitForText(page, /Min: 3\s+Max: 8\s+Mean: ≈ 5\.33333333333\s+Median: 5/);
    const logs = await vi.waitFor(async () => {
      const found = await texts(join(folder, "logs"));
      if (found.length === 0) throw new Error("there is no log");
      return found;
    });
    expect(logs.join("\n")).toContain("min: 3\nmax: 8\nmean: ≈ 5.33333333333\nmedian: 5\n");
  });

  it("shows a refusal only to the person who typed the command", async () => {
    const page = await open();
    await typeText(page, "/stats 3 abc");
    await waitForText(page, /Not a number: abc/);
    await waitForText(page, /Only you can see this/);
    await page.getByRole("combobox", { name: "User" }).selectOption({ label: "mustard" });
    await typeText(page, "/stats 1");
    await waitForText(page, /Min: 1/);
    expect(await page.getByText("Not a number").count()).toBe(0);
  });

  it("answers in French if the page is in French", async () => {
    const page = await open();
    await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Français" });
    await typeText(page, "/stats 3 5 8");
    await waitForText(page, /Moyenne : ≈ 5\.33333333333\s+Médiane : 5/);
  });
});

/** Reads all text files below the folder. */
async function texts(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.filter((name) => name.endsWith(".txt")).map((name) => readFile(join(folder, name), "utf8")),
  );
}
