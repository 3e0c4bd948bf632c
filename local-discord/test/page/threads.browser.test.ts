import { ChannelType } from "discord.js";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord, ping } from "../bot.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { addAxe, NO_VIOLATIONS, violationsIn } from "./axe.ts";
import { bring, picture } from "./files.ts";
import { composer, goTo, openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

/** Opens a page, and a bot that answers with the names of the channel and of the parent in which it was asked. */
async function openThreads(options: BrowserContextOptions & { user?: string } = {}) {
  const discord = await openLocalDiscord({ rateLimits: false });
  const spicy = { name: "spicy", description: "For adults", nsfw: true };
  await joinBot(
    discord,
    async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { channel } = interaction;
      const parent = channel?.isThread() ? channel.parent?.name : "nothing";
      await interaction.reply(`Asked below ${parent}.`);
    },
    [ping, spicy],
  );
  const page = await openAs(browser, discord, { reducedMotion: "reduce", colorScheme: "dark", ...options });
  return { discord, page };
}

function region(page: Page, name: string) {
  return page.getByRole("region", { name, exact: true });
}

/** Returns the accessible name or the text of the element with the focus. */
function focused(page: Page): Promise<string> {
  return page.locator(":focus").evaluate((element) => element.ariaLabel ?? element.textContent?.trim() ?? "");
}

describe.each(sizes)("threads on %s", (_, viewport) => {
  it("are created from a message by keyboard, and used like channels", async () => {
    const { discord, page } = await openThreads({ viewport });
    discord.user("relish").post("Which mustard is the hottest?");
    const more = page.getByRole("button", { name: "More", exact: true });
    await more.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Create thread" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Create thread" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("More");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await dialog.getByRole("textbox", { name: "Thread name" }).fill("Hot mustard");
    await page.keyboard.press("Enter");
    await region(page, "Hot mustard").getByText("Which mustard is the hottest?").waitFor();
    await expect.poll(() => focused(page)).toBe("Message");
    await page.keyboard.type("/ping");
    await page.keyboard.press("Enter");
    await page.getByText("Asked below general.").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);

    await page.getByRole("main").getByRole("button", { name: "general" }).click();
    const box = region(page, "#general").getByRole("button", { name: /^Hot mustard/ });
    await expect.poll(() => box.innerText()).toContain("1 message");
    await box.press("Enter");
    await region(page, "Hot mustard").waitFor();
    await expect.poll(() => focused(page)).toBe("Message");
    await goTo(page, "general");
    await region(page, "#general").waitFor();
    await goTo(page, "Hot mustard");
    await region(page, "Hot mustard").waitFor();
  });

  it("are listed in a dialog, private ones for their members, and are archived until somebody writes", async () => {
    const { discord, page } = await openThreads({ viewport });
    const other = await openAs(browser, discord, { user: "relish", viewport });
    await page.getByRole("button", { name: "Threads" }).click();
    const list = page.getByRole("dialog", { name: "Threads" });
    await list.getByText("This channel has no threads yet.").waitFor();
    await list.getByRole("button", { name: "New thread" }).click();
    await page.getByRole("checkbox", { name: "Private thread" }).check();
    await page.getByRole("textbox", { name: "Thread name" }).fill("A secret");
    await page.keyboard.press("Enter");
    await region(page, "A secret").waitFor();
    await composer(page).fill("Do not tell.");
    await composer(page).press("Enter");

    await page.getByRole("button", { name: "Thread options" }).press("Enter");
    const relish = page.getByRole("menuitemcheckbox", { name: "relish" });
    expect(await relish.getAttribute("aria-checked")).toBe("false");
    await relish.press("Enter");
    await expect.poll(() => relish.getAttribute("aria-checked")).toBe("true");
    await page.keyboard.press("Escape");
    await page.getByText("ketchup added relish to the thread.").waitFor();
    await goTo(other, "A secret, private thread, unread");
    await other.getByText("Do not tell.").waitFor();

    await page.getByRole("button", { name: "Thread options" }).press("Enter");
    await page.getByRole("menuitem", { name: "Archive thread" }).press("Enter");
    await other.getByText("This thread is archived. A message unarchives it.").waitFor();
    await goTo(other, "general");
    await other.getByRole("button", { name: "Threads" }).click();
    await other.getByRole("button", { name: /^A secret.*archived/ }).click();
    await composer(other).fill("I told.");
    await composer(other).press("Enter");
    await page.getByText("I told.").waitFor();
    await expect.poll(() => page.getByText("This thread is archived.").count()).toBe(0);
  });

  it("of a forum are its posts, which have a title, a text and files", async () => {
    const { discord, page } = await openThreads({ viewport });
    const forum = discord.createChannel({ name: "help", type: ChannelType.GuildForum });
    await goTo(page, "help");
    await page.getByText("There are no posts yet.").waitFor();
    expect(await composer(page).count()).toBe(0);
    await page.getByRole("button", { name: "New post" }).click();
    const dialog = page.getByRole("dialog", { name: "New post" });
    await dialog.getByRole("textbox", { name: "Title" }).fill("No images");
    await page.keyboard.press("Enter");
    await dialog.getByText("Enter a text, or add a file.").waitFor();
    expect(await dialog.getByRole("textbox", { name: "Text" }).getAttribute("aria-invalid")).toBe("true");
    await bring(page, "drop", [await picture("empty.png")], ".modal");
    await dialog.getByRole("textbox", { name: "Text" }).fill("There are **none**.");
    await dialog.getByRole("button", { name: "Post" }).click();
    await region(page, "No images").getByRole("img", { name: "empty.png" }).waitFor();
    await goTo(page, "help");
    const post = region(page, "#help").getByRole("button", { name: /^No images/ });
    expect(await post.innerText()).toContain("There are none.");
    discord.deleteChannel(forum.id);
    await region(page, "#general").waitFor();
    expect(await page.getByText("No images").count()).toBe(0);
  });

  it("and their dialogs have no serious violation that axe finds, in both themes", async () => {
    const { discord, page } = await openThreads({ viewport });
    const [ketchup, mustard] = [discord.user("ketchup"), discord.user("mustard")];
    discord.createChannel({ name: "after-dark", nsfw: true });
    const forum = discord.createChannel({ name: "help", type: ChannelType.GuildForum });
    mustard.editThread(mustard.createPost(forum.id, "Rules", "Be kind.").id, { locked: true });
    const secret = mustard.createThread("A secret", { private: true });
    mustard.addToThread(secret.id, "ketchup");
    ketchup.archive(ketchup.createThread("Old").id);
    ketchup.createThread("From here", { message: ketchup.post("look") });
    await addAxe(page);
    const check = async () => expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await page
      .getByRole("button", { name: /^From here/ })
      .last()
      .waitFor();
    await check();
    await page.getByRole("button", { name: "Threads" }).click();
    await page.getByRole("button", { name: /^Old/ }).last().waitFor();
    await check();
    await page.getByRole("button", { name: "New thread" }).click();
    await page.keyboard.press("Enter");
    await page.getByText("This field is required.").waitFor();
    await check();
    await page.keyboard.press("Escape");
    await goTo(page, "A secret, private thread, unread");
    await page.getByRole("button", { name: "Thread options" }).click();
    await page.getByRole("menuitemcheckbox").first().waitFor();
    await check();
    await page.keyboard.press("Escape");
    await goTo(page, "help");
    await page.getByText("Be kind.").waitFor();
    await check();
    const menu = page.getByRole("button", { name: /^Servers and channels/ });
    if (await menu.isVisible()) await menu.click();
    await check();
  });
});

describe("a thread", () => {
  it("that is locked takes messages only of those who manage threads", async () => {
    const { discord, page } = await openThreads({ user: "relish" });
    const thread = discord.user("ketchup").createThread("Closed");
    discord.user("mustard").editThread(thread.id, { locked: true });
    await goTo(page, "Closed, locked");
    await page.getByPlaceholder("This thread is locked.").waitFor();
    expect(await composer(page).isEditable()).toBe(false);
    discord.user("mustard").editThread(thread.id, { locked: false });
    await expect.poll(() => composer(page).isEditable()).toBe(true);
  });

  it("of an age-restricted channel has its commands, and both are marked", async () => {
    const { discord, page } = await openThreads();
    const { id: channelId } = discord.createChannel({ name: "after-dark", nsfw: true });
    discord.user("ketchup").createThread("Late", { channelId });
    await composer(page).fill("/");
    await page.getByRole("option", { name: "/ping" }).waitFor();
    expect(await page.getByRole("option", { name: "/spicy" }).count()).toBe(0);
    for (const place of ["after-dark, age-restricted", "Late, age-restricted"]) {
      await goTo(page, place);
      await composer(page).fill("/");
      await page.getByRole("option", { name: "/spicy" }).waitFor();
      await composer(page).fill("");
    }
  });

  it("and a server without the bot have no commands any more, and the bot is not listed", async () => {
    const { discord, page } = await openThreads();
    discord.user("ketchup").createThread("Alone");
    await goTo(page, "Alone");
    discord.removeBot(discord.guildId);
    const members = page.getByRole("complementary", { name: "Members" });
    await goTo(page, "general");
    await members.getByRole("button", { name: "relish" }).waitFor();
    await expect.poll(() => members.getByRole("button", { name: "bot" }).count()).toBe(0);
    await page.getByText("No commands yet.").waitFor();
  });
});
