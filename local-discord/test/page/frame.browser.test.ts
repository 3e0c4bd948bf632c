import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Routes } from "discord.js";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLocalDiscord } from "../../src/start.ts";
import { load, sharedBrowser } from "../browser/shared-browser.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { composer, goTo, openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

function ground(page: Page): Promise<string> {
  return page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor");
}

const dark = "rgb(26, 26, 30)";
const light = "rgb(255, 255, 255)";

describe("the theme", () => {
  it("follows the system until the person chooses the other one, which is remembered", async () => {
    const discord = await openLocalDiscord();
    const page = await openAs(browser, discord, { colorScheme: "dark" });
    expect(await ground(page)).toBe(dark);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => ground(page)).toBe(light);
    await page.getByRole("button", { name: "Dark theme" }).click();
    await expect.poll(() => ground(page)).toBe(dark);
    await load(page);
    await page.getByRole("button", { name: "Light theme" }).click();
    await expect.poll(() => ground(page)).toBe(light);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => ground(page)).toBe(dark);
  });
});

describe.each(sizes)("channels on %s", (_, viewport) => {
  it("of two servers: unread ones are marked, with the number of pings, until they are read", async () => {
    const discord = await openLocalDiscord();
    const page = await openAs(browser, discord, { viewport });
    const [here, other] = discord.guilds;
    const relish = discord.user("relish");
    relish.post("nothing special", [], { channelId: here?.channels[1]?.id ?? "" });
    const named = { channelId: other?.channels[0]?.id ?? "" };
    relish.post(`<@${discord.user("ketchup").id}> come here`, [], named);
    await expect.poll(() => page.title()).toContain("(1)");
    await load(page);
    await goTo(page, "random, unread");
    await page.getByText("nothing special").waitFor();
    await goTo(page, "Another Guild, unread");
    await page.getByText("@ketchup come here").waitFor();
    await goTo(page, "Local Guild");
    await page.getByRole("region", { name: "#random" }).waitFor();
    await expect.poll(() => page.title()).toBe("#random | Local Discord");
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });
});

describe("messages", () => {
  it("change when they are edited, and disappear when they are deleted", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const page = await openAs(browser, discord);
    const route = Routes.channelMessages(discord.channelId);
    const { id } = (await bot.rest.post(route, { body: { content: "first" } })) as { id: string };
    await page.getByText("first", { exact: true }).waitFor();
    await bot.rest.patch(Routes.channelMessage(discord.channelId, id), { body: { content: "second" } });
    await page.getByText("second(edited)").waitFor();
    await bot.rest.delete(Routes.channelMessage(discord.channelId, id));
    await expect.poll(() => page.getByText("second").count()).toBe(0);
  });

  it("that are deleted are shown so in replies to them, but ephemeral ones are not", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, async (interaction) => {
      if (interaction.isButton()) return interaction.reply({ content: "pressed", flags: 64 });
      const button = { type: 2, style: 1, label: "Press", custom_id: "press" } as const;
      const components = [{ type: 1, components: [button] }] as const;
      return interaction.isRepliable() && interaction.reply({ content: "private", flags: 64, components });
    });
    const page = await openAs(browser, discord);
    const route = Routes.channelMessages(discord.channelId);
    const { id } = (await bot.rest.post(route, { body: { content: "first" } })) as { id: string };
    discord.user("relish").post("a reply", [], { replyTo: { id } });
    await page.getByLabel("Reply to bot").getByText("first").waitFor();
    const { height } = (await page.getByLabel("Reply to bot").boundingBox()) ?? { height: 0 };
    const long = `${"long ".repeat(50)} \`/with code\` ${"long ".repeat(50)}\`and code\``;
    await bot.rest.patch(Routes.channelMessage(discord.channelId, id), { body: { content: long } });
    await page.getByLabel("Reply to bot").getByText("with code").waitFor();
    expect((await page.getByLabel("Reply to bot").boundingBox())?.height).toBeLessThan(1.5 * height);
    await bot.rest.patch(Routes.channelMessage(discord.channelId, id), { body: { content: "second" } });
    await page.getByLabel("Reply to bot").getByText("second").waitFor();
    await bot.rest.delete(Routes.channelMessage(discord.channelId, id));
    await page.getByText("Original message was deleted").waitFor();
    await page.getByRole("textbox", { name: "Message" }).fill("/ping");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Press" }).click();
    await page.getByText("pressed", { exact: true }).waitFor();
    expect(await page.getByText("Original message was deleted").count()).toBe(1);
  });

  it("that are ephemeral can be dismissed", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) =>
      interaction.isRepliable() ? interaction.reply({ content: "for you", flags: 64 }) : null,
    );
    const page = await openAs(browser, discord);
    await page.getByRole("textbox", { name: "Message" }).fill("/ping");
    await page.keyboard.press("Enter");
    await page.getByText("for you").waitFor();
    await page.getByRole("button", { name: "Dismiss message" }).click();
    await expect.poll(() => page.getByText("for you").count()).toBe(0);
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Message");
  });
});

describe("a restart of the local Discord", () => {
  it("needs no reload: the draft and private answers stay, and messages from meanwhile appear", async () => {
    const folder = await mkdtemp(join(tmpdir(), "local-discord-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const before = await startLocalDiscord({ port: 0, folder });
    const bot = await joinBot(before, async (interaction) =>
      interaction.isRepliable() ? interaction.reply({ content: "for you", flags: 64 }) : null,
    );
    const page = await openAs(browser, before);
    const field = composer(page);
    await field.fill("/ping");
    await page.keyboard.press("Enter");
    await page.getByText("for you").waitFor();
    await field.fill("half a sen");
    const port = Number(new URL(before.page).port);
    await bot.destroy();
    await before.close();
    await page.getByText("Reconnecting…").waitFor();
    await page.getByText("Your message is kept.").waitFor();
    await field.press("Enter");
    expect([await field.isEditable(), await field.inputValue()]).toEqual([false, "half a sen"]);
    const after = await openLocalDiscord({ port, folder });
    after.user("mustard").post("while you were away");
    const elsewhere = after.guilds[0]?.channels[1]?.id ?? "";
    after.user("mustard").post("there too", [], { channelId: elsewhere });
    await page.getByText("while you were away").waitFor();
    await expect.poll(() => page.getByText("Reconnecting…").count()).toBe(0);
    await page.getByRole("button", { name: "random, unread" }).waitFor();
    expect(await page.getByText("for you").count()).toBe(1);
    await field.press("Enter");
    expect(await field.inputValue()).toBe("");
    await after.waitForMessage(({ content }) => content === "half a sen");

    await load(page);
    await page.getByText("half a sen").waitFor();
    expect(await page.getByText("for you").count()).toBe(0);
    expect(
      after
        .user("ketchup")
        .messages()
        .some(({ content }) => content === "for you"),
    ).toBe(true);
  });
});
