import { ApplicationCommandOptionType, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

const { String: text, User: user } = ApplicationCommandOptionType;

describe("commands that a message mentions", () => {
  it("are started by a click if they can be used, in texts, embeds and components", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, undefined, [
      {
        name: "remind",
        description: "Reminds somebody",
        options: [{ type: user, name: "who", description: "Whom", required: true }],
      },
    ]);
    const { id } = await discord.waitForCommand("remind");
    const page = await openAs(browser, discord);
    discord.user("relish").post(`Use </remind:${id}> and not </other:5>.`);
    await page.getByRole("button", { name: "/remind", exact: true }).click();
    const composer = page.getByRole("textbox", { name: "Message" });
    await expect.poll(() => composer.inputValue()).toBe("/remind who:");
    expect(await composer.evaluate((area) => area === area.ownerDocument.activeElement)).toBe(true);
    expect(await page.getByText("/other", { exact: true }).count()).toBe(1);
    expect(await page.getByRole("button", { name: "/other" }).count()).toBe(0);

    const route = Routes.channelMessages(discord.channelId);
    const mention = `</remind:${id}> </remind later:${id}>`;
    await bot.rest.post(route, { body: { embeds: [{ description: mention }] } });
    await bot.rest.post(route, { body: { flags: 32_768, components: [{ type: 10, content: mention }] } });
    for (const place of [".embed", ".layout"]) {
      await composer.fill("a draft");
      await page.locator(place).getByRole("button", { name: "/remind" }).click();
      await expect.poll(() => composer.inputValue()).toBe("/remind who:");
      await page.getByRole("option", { name: "@relish" }).waitFor();
      expect(await page.locator(place).innerText()).toContain("/remind later");
    }
  });
});

describe.each(sizes)("commands by keyboard alone on %s", (_, viewport) => {
  it("are listed, chosen, completed with options, and refused while one is missing", async () => {
    const discord = await openLocalDiscord();
    await joinBot(
      discord,
      async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        const { options } = interaction;
        await interaction.reply(`<@${String(options.get("who")?.value)}>: ${options.getString("what")}`);
      },
      [
        { name: "ping", description: "Says pong" },
        {
          name: "remind",
          description: "Reminds somebody",
          options: [
            { type: user, name: "who", description: "Whom", required: true },
            { type: text, name: "what", description: "Of what", required: true },
          ],
        },
      ],
    );
    const page = await openAs(browser, discord, { viewport });
    const composer = page.getByRole("textbox", { name: "Message" });
    const chosen = page.getByRole("listbox").getByRole("option", { selected: true });
    await page.getByText("pick a command").waitFor();

    await composer.focus();
    await page.keyboard.type("/");
    await expect.poll(() => chosen.innerText()).toContain("/ping");
    await page.keyboard.press("Escape");
    await expect.poll(() => chosen.count()).toBe(0);
    await page.keyboard.press("Backspace");
    await page.keyboard.type("/");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => chosen.innerText()).toContain("/remind");
    expect(await composer.getAttribute("aria-activedescendant")).toBe(await chosen.getAttribute("id"));
    await page.keyboard.press("Tab");
    await expect.poll(() => composer.inputValue()).toBe("/remind who:");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => composer.inputValue()).toContain("who:@ketchup");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.getByText("The option “what” is required").waitFor();
    expect(discord.messages()).toEqual([]);
    await page.keyboard.type("what:buy buns");
    await page.keyboard.press("Enter");
    await page.getByText("ketchup: buy buns").waitFor();
    await expect.poll(() => page.getByRole("article").innerText()).toMatch(/used\s+\/remind/);
  });
});

describe("a new channel on a phone", () => {
  it("opens at its beginning, and leads by touch to the choices of a command, in their whole width", async () => {
    const discord = await openLocalDiscord();
    const label = "One table with each answer of every person";
    const choices = [
      { name: label, value: "table" },
      { name: "One file each", value: "files" },
    ];
    const format = {
      type: text,
      name: "format",
      description: "Which format",
      required: true,
      choices,
    } as const;
    await joinBot(
      discord,
      async (interaction) =>
        interaction.isChatInputCommand() &&
        interaction.reply(`as ${interaction.options.getString("format")}`),
      ["export", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map((name) => ({
        name,
        description: "Writes what was gathered into files that other programs read",
        options: [format],
      })),
    );
    const page = await openAs(browser, discord, { viewport: { width: 390, height: 844 }, hasTouch: true });
    const channel = page.getByRole("region", { name: "#general" });
    const measured = () =>
      channel.evaluate((area) => ({
        start: area.scrollTop,
        end: area.scrollHeight - area.clientHeight - area.scrollTop,
      }));
    await page.getByRole("button", { name: "/export" }).waitFor();
    expect((await measured()).start).toBe(0);
    expect((await measured()).end).toBeGreaterThan(0);
    await page.getByRole("button", { name: "/export" }).tap();
    const choice = page.getByRole("option", { name: label });
    await choice.waitFor();
    const line = await page.getByRole("option", { name: "One file each" }).boundingBox();
    expect((await choice.boundingBox())?.height).toBe(line?.height);
    await choice.tap();
    await page.getByRole("button", { name: "Send" }).tap();
    await page.getByText("as table").waitFor();
    await expect.poll(async () => (await measured()).end).toBeLessThan(2);
  });
});

describe("commands", () => {
  it("that are not answered fail after 3 s", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord);
    const page = await openAs(browser, discord);
    await page.getByText("pick a command").waitFor();
    await page.getByRole("textbox", { name: "Message" }).fill("/ping");
    await page.keyboard.press("Enter");
    await page.getByText("Sending command…").waitFor();
    discord.advance(3000);
    await page.getByText("This interaction failed").waitFor();
    expect(await page.getByText("Sending command…").count()).toBe(0);
  });
});

describe("servers and channels on a phone", () => {
  it("take the focus, and return it on Escape", async () => {
    const discord = await openLocalDiscord();
    const page = await openAs(browser, discord, { viewport: sizes[1][1] });
    const menu = page.getByRole("button", { name: "Servers and channels" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(":focus").innerText()).toBe("general");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "#random" }).waitFor();
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(":focus").innerText()).toBe("random");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(":focus").getAttribute("aria-label")).toBe("Servers and channels");
  });
});
