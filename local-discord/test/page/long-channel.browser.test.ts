import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { openLocalDiscord } from "../bot.ts";
import { openAs } from "./open-page.ts";

const browser = sharedBrowser();

const drawn = (page: Page) => page.getByRole("article").count();

describe("a channel of 10,000 messages", () => {
  it("opens at its end, draws what is read, and keeps the position while more is drawn above", async () => {
    const discord = await openLocalDiscord();
    const people = ["ketchup", "mustard", "relish"] as const;
    for (let number = 1; number <= 10_000; number++) {
      discord.user(people[number % 3] ?? "relish").post(`message **${number}** of many, of *some* length`);
    }
    const page = await openAs(browser, discord);
    const list = page.getByRole("region", { name: "#general" });
    await page.getByText("message 10000 of").waitFor();
    expect(await drawn(page)).toBeLessThan(150);
    const fromEnd = () => list.evaluate((area) => area.scrollHeight - area.clientHeight - area.scrollTop);
    await expect.poll(fromEnd).toBeLessThan(2);

    const wasBusy = `new MutationObserver((changes) => {
      window.wasBusy = (window.wasBusy ?? true) && changes[0].target.getAttribute("aria-busy") === "true";
    }).observe(document.querySelector("[role=log]"), { childList: true })`;
    await page.evaluate(wasBusy);
    // Scrolls to the top of what is drawn, again and again.
    await expect
      .poll(
        async () => {
          await list.evaluate((area) => area.scrollTo({ top: 0 }));
          return drawn(page);
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(600);
    expect(await page.evaluate("window.wasBusy")).toBe(true);
    await expect.poll(() => page.getByRole("log").getAttribute("aria-busy")).toBe("false");
    const read = page.getByText("message 9500 of");
    await read.scrollIntoViewIfNeeded();
    const place = await read.boundingBox();
    discord.user("mustard").post("the newest");
    await page.getByText("the newest").waitFor({ state: "attached" });
    expect((await read.boundingBox())?.y).toBe(place?.y);

    await page.getByRole("button", { name: "Jump to present" }).click();
    await page.getByText("the newest").waitFor();
    await expect.poll(() => drawn(page)).toBeLessThan(150);
    await expect.poll(fromEnd).toBeLessThan(2);
  });
});
