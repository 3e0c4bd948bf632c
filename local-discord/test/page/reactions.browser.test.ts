import { GatewayIntentBits, PermissionFlagsBits, type TextChannel } from "discord.js";
import { expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { goTo, openAs } from "./open-page.ts";

const browser = sharedBrowser();

it("a person reacts and pins in a message's menu, and sees who is typing", async () => {
  const discord = await openLocalDiscord();
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions];
  const bot = await joinBot(discord, undefined, [], intents);
  const channel = (await bot.channels.fetch(discord.channelId)) as TextChannel;
  const message = await channel.send("Which one?");
  const page = await openAs(browser, discord, { viewport: { width: 1280, height: 800 } });
  const menu = () => page.getByRole("article").first().getByRole("button", { name: "More" });

  await menu().click();
  await page.getByRole("menuitem", { name: "Copy text" }).press("ArrowDown");
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const party = (count: string, pressed: boolean) =>
    page.getByRole("button", { name: `🎉, ${count}`, pressed });
  await party("1 reaction", true).waitFor();
  discord.user("relish").react(message, "🎉");
  await party("2 reactions", true).click();
  await party("1 reaction", false).waitFor();

  await menu().click();
  await page.getByRole("menuitem", { name: "Pin message" }).click();
  await page.getByText("ketchup pinned a message to this channel.").waitFor();
  await page.getByRole("button", { name: "Pinned messages" }).click();
  await page.getByRole("dialog", { name: "Pinned messages" }).getByText("Which one?").waitFor();
  await page.keyboard.press("Escape");

  await channel.sendTyping();
  await page.getByText("bot is typing…").waitFor();
  await channel.send("There.");
  await page.getByText("bot is typing…").waitFor({ state: "detached" });
  expect(discord.user("relish").messages()[0]).toMatchObject({ pinned: true, reactions: [{ count: 1 }] });
});

it("channels are below their categories, and names have nicknames and colors", async () => {
  const discord = await openLocalDiscord();
  const relish = discord.user("relish");
  const role = discord.createRole({ name: "cooks", color: 0xff8800, hoist: true });
  discord.editMember(relish.id, { roles: [role], nick: "Pickle" });
  const category = discord.createChannel({ name: "The Lounge", type: 4 });
  const { id } = discord.createChannel({ name: "sofa", topic: "Sit down", parentId: category.id });
  relish.post("hello", [], { channelId: id });
  const page = await openAs(browser, discord, { viewport: { width: 1280, height: 800 } });
  await page.getByRole("heading", { name: "The Lounge" }).waitFor();
  await goTo(page, "sofa");
  await page.getByText("Sit down").waitFor();
  const author = page.getByRole("article").getByRole("button", { name: "Pickle" });
  expect(await author.getAttribute("style")).toContain("rgb(255, 136, 0)");
  await page.getByRole("heading", { name: "cooks — 1" }).waitFor();

  discord.editChannel(id, {
    overwrites: [{ id: discord.guildId, type: 0, allow: 0n, deny: PermissionFlagsBits.SendMessages }],
  });
  const asRelish = await openAs(browser, discord, { user: "relish", language: "fr" });
  await asRelish.getByRole("button", { name: "sofa" }).click();
  await expect
    .poll(() => asRelish.getByRole("textbox").getAttribute("placeholder"))
    .toBe("Tu ne peux pas écrire dans ce salon.");
});
