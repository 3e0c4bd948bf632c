import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedBrowser } from "../../local-discord/test/browser/shared-browser.ts";
import { openPage, startInFolder, typeText, waitForText } from "./local-bot.ts";

describe("a round in the browser", () => {
  const browser = sharedBrowser();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function rows(): Promise<string[][]> {
    const part = await readFile(join(folder, "labels", "00000.csv"), "utf8").catch(() => "");
    return part
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(","));
  }

  const second = (page: Page, name: string): Locator => page.getByRole("button", { name }).nth(1);

  it("shows 4 images, lets two people answer who see only their own answers, and still works after a kill", async () => {
    {
      await using bot = startInFolder(folder);
      const [ketchup, mustard] = await Promise.all([
        openPage(browser, bot, "ketchup"),
        openPage(browser, bot, "mustard"),
      ]);
      await typeText(ketchup, "/stats 3 5 8");
      await waitForText(ketchup, /Mean: ≈ 5\.33333333333/);
      await typeText(ketchup, "/hotdog");
      await expect
        .poll(() => ketchup.getByRole("img", { name: /^Image \d of 4$/ }).count(), { timeout: 20_000 })
        .toBe(4);
      expect(await ketchup.getByRole("button", { name: "1 · hot dog" }).count()).toBe(4);

      await second(ketchup, "1 · hot dog").click();
      await waitForText(ketchup, /Saved: image 2 is 1 · hot dog/);
      await second(mustard, "0 · not hot dog").click();
      await waitForText(mustard, /Saved: image 2 is 0 · not hot dog/);
      expect(await mustard.getByText("Saved: image 2 is").count()).toBe(1);
      expect(await ketchup.getByText("Saved: image 2 is").count()).toBe(1);

      const [one, two, ...others] = await rows();
      expect(others).toEqual([]);
      expect([one?.[3], two?.[3]]).toEqual(["1", "0"]);
      expect(one?.[2]).toBe(two?.[2]);
      expect(one?.[4]).not.toBe(two?.[4]);
      bot.child.kill("SIGKILL");
      await bot.exited;
    }
    await using bot = startInFolder(folder);
    const [ketchup, relish] = await Promise.all([
      openPage(browser, bot, "ketchup"),
      openPage(browser, bot, "relish"),
    ]);
    // It is above the images; messages are only rendered when they are near the viewport.
    await expect.poll(() => ketchup.getByText("Mean: ≈ 5.33333333333").count()).toBe(1);
    await typeText(ketchup, "/stats 2 4");
    await waitForText(ketchup, /Mean: 3\s+Median: 3/);
    await second(relish, "1 · hot dog").click();
    await waitForText(relish, /Saved: image 2 is 1 · hot dog/);
    expect(await rows()).toHaveLength(3);
    await typeText(relish, "/progress");
    await waitForText(relish, /Answers: 3, by 3 people/);
    const picture = relish.getByRole("img", { name: /^20 images: settled: 0 \(0%\), need more: 1 \(5%\)/ });
    await expect.poll(() => picture.count(), { timeout: 20_000 }).toBe(1);
  });
});
