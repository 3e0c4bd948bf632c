import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openLocalDiscord } from "../bot.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";

const browser = sharedBrowser();

/** Replaces the response to a path of the page; "drop" closes the connection. */
async function replace(page: Page, path: string, by: string | 404): Promise<void> {
  await page.route(`**${path}`, (route) => {
    if (by === "drop") return route.abort();
    return route.fulfill(by === 404 ? { status: 404 } : { contentType: "text/javascript", body: by });
  });
}

const failures = [
  ["the server stops meanwhile", "/page/app.ts", "drop"],
  ["a module is missing", "/page/app.ts", 404],
  ["a package is missing", "/vendor/preact.js", 404],
  ["a module has a syntax error", "/page/app.ts", "const = 1;"],
  ["the first module throws", "/page/main.ts", 'throw new Error("Sorry");'],
] as const;

describe("a page whose modules do not load", () => {
  it("says so in the person's language, with a link that loads it again", async () => {
    const discord = await openLocalDiscord();
    const page = await browser.open();
    for (const [, path, by] of failures) {
      await replace(page, path, by);
      await page.goto(`${discord.page}?language=en`);
      await page.getByRole("alert").filter({ hasText: "The page could not be loaded." }).waitFor();
      expect(await page.locator("#app > *").count()).toBe(0);
      await page.unrouteAll();
    }
    await page.getByText("Sorry").waitFor();
    await replace(page, "/page/styles/base.css", "drop");
    await page.goto(`${discord.page}?language=fr`);
    await page.getByText("La page n’a pas pu être chargée.").waitFor();
    await page.unrouteAll();
    await page.getByRole("link", { name: "Recharger" }).click();
    await page.getByRole("textbox", { name: "Message" }).waitFor();
    expect(await page.getByText("La page n’a pas pu").count()).toBe(0);
  });
});
