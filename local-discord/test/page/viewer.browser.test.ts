import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { round } from "../round.ts";
import { picture } from "./files.ts";
import { openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

describe.each(sizes)("an image on %s", (_, viewport) => {
  it("opens over the page, leads to the other images of its message, and returns the focus", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const { body, files } = await round();
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body, files });
    const page = await openAs(browser, discord, { viewport });
    await page.getByRole("link", { name: "Open image Image 4 of 4" }).click();
    const viewer = page.getByRole("dialog", { name: "Images" });
    await viewer.getByText("4 / 4").waitFor();
    await page.keyboard.press("ArrowRight");
    await viewer.getByRole("img", { name: "Image 1 of 4" }).waitFor();
    await viewer.getByRole("button", { name: "Previous" }).click();
    await viewer.getByText("4 / 4").waitFor();
    const box = await viewer.getByRole("img").boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
    await page.keyboard.press("Escape");
    await expect.poll(() => viewer.count()).toBe(0);
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Open image Image 4 of 4");
  });
});

describe("a picture", () => {
  it("opens the menu of its message on a right click and a long press, and the viewer on a tap", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, undefined, [{ type: 3, name: "A command with a long name" }]);
    discord.user("relish").post("look", [{ name: "a.png", bytes: (await picture("a.png")).buffer }]);
    const viewport = { width: 390, height: 800 };
    const page = await openAs(browser, discord, { hasTouch: true, viewport });
    const image = page.getByRole("img", { name: "a.png" });
    const menu = page.getByRole("menu", { name: "Message actions" });
    const viewer = page.getByRole("dialog", { name: "Images" });
    await image.click({ button: "right" });
    await menu.getByRole("menuitem", { name: "Copy text" }).waitFor();
    const box = await menu.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width - 8);
    await page.keyboard.press("Escape");
    await expect.poll(() => menu.count()).toBe(0);

    const { x, y } = (await image.boundingBox()) ?? { x: 0, y: 0 };
    const devtools = await page.context().newCDPSession(page);
    const touchPoints = [{ x: x + 50, y: y + 50 }];
    await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await menu.waitFor();
    await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.keyboard.press("ArrowDown");
    expect([await menu.count(), await viewer.count()]).toEqual([1, 0]);
    await page.keyboard.press("Escape");
    await expect.poll(() => menu.count()).toBe(0);

    await image.tap();
    await viewer.waitFor();
    expect(await menu.count()).toBe(0);
  });
});

describe("attached images", () => {
  it("are shown together, and a single one has no buttons", async () => {
    const discord = await openLocalDiscord();
    const bytes = (await picture("a.png")).buffer;
    const relish = discord.user("relish");
    relish.post(
      "three",
      ["a.png", "b.png", "c.png"].map((name) => ({ name, bytes })),
    );
    relish.post("one", [{ name: "alone.png", bytes }]);
    const page = await openAs(browser, discord);
    await page.getByRole("link", { name: "Open image b.png" }).focus();
    await page.keyboard.press("Enter");
    const viewer = page.getByRole("dialog", { name: "Images" });
    await viewer.getByText("2 / 3").waitFor();
    await viewer.getByRole("button", { name: "Close" }).click();
    await page.getByRole("link", { name: "Open image alone.png" }).click();
    await viewer.getByRole("img", { name: "alone.png" }).waitFor();
    expect(await viewer.getByRole("button", { name: "Next" }).count()).toBe(0);
  });
});
