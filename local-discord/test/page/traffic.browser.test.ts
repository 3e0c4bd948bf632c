import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { openEcho } from "./echo.ts";
import { openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

describe.each(sizes)("the drawer on %s", (_, viewport) => {
  it("shows entries with their bodies, filters them, and marks routes that are not built", async () => {
    const discord = await openEcho();
    const page = await openAs(browser, discord, {
      viewport,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("button", { name: "Traffic" }).click();
    const drawer = page.getByRole("complementary", { name: "Traffic" });
    const rows = drawer.getByRole("listitem");
    await drawer.getByText("IDENTIFY").waitFor();
    await discord.user("ketchup").command("echo", { what: "twelve" }).answer();
    await fetch(`${discord.api}/v10/guilds/1/stickers`, {
      headers: { authorization: `Bot ${discord.botToken}` },
    });
    await drawer.getByText("not built").waitFor();
    await drawer.getByRole("searchbox", { name: "Filter" }).fill("twelve");
    await drawer.getByRole("button", { name: "Gateway" }).click();
    const row = rows.filter({ hasText: "INTERACTION_CREATE" });
    await row.locator("summary").click();
    await row.getByText('"twelve"').first().waitFor();
    await row.getByRole("button", { name: "Copy as test" }).click();
    await row.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain(
      'command("echo", { what: "twelve" })',
    );
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    const filter = drawer.getByRole("searchbox", { name: "Filter" });
    await filter.focus();
    await page.keyboard.press("Escape");
    expect(await filter.inputValue()).toBe("");

    for (let index = 0; index < 300; index++) discord.user("relish").post(String(index));
    await expect.poll(() => rows.count(), { timeout: 10_000 }).toBe(201);
    await page.getByText("299", { exact: true }).waitFor();
    expect(await row.filter({ hasText: "twelve" }).count()).toBe(1);

    await drawer.getByRole("button", { name: "Clear" }).click();
    await drawer.getByText("Nothing yet").waitFor();
    await filter.focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => drawer.count()).toBe(0);
    await page.getByRole("button", { name: "Traffic" }).click();
    discord.user("relish").post("after all");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
  });
});
