import type { Interaction, RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { ApplicationCommandOptionType, Client, Events, GatewayIntentBits, Partials } from "discord.js";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LocalDiscord } from "../../src/start.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { openLocalDiscord } from "../bot.ts";
import { bring, picture } from "./files.ts";
import { composer, goTo, openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

const { Attachment } = ApplicationCommandOptionType;
const commands: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: "upload",
    description: "Adds images",
    options: [
      { type: Attachment, name: "image", description: "An image", required: true },
      { type: Attachment, name: "image2", description: "Another image" },
    ],
  },
  { name: "ping", description: "Says pong" },
  { type: 3, name: "Add to image set", name_localizations: { fr: "Ajouter aux images" } },
  { type: 3, name: "Remove from image set", default_member_permissions: "8192" },
];

/** Logs in a bot that names the files of a command, and counts the files of a message to it. */
async function joinUploadBot(discord: LocalDiscord): Promise<void> {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const intents = [Guilds, GuildMessages, DirectMessages];
  const bot = new Client({ intents, partials: [Partials.Channel], rest: { api: discord.api } });
  onTestFinished(() => bot.destroy());
  const errors: unknown[] = [];
  bot.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch((e) => errors.push(e)));
  bot.on(Events.MessageCreate, (message) => {
    const asked = !message.author.bot && (!message.inGuild() || message.mentions.has(bot.user?.id ?? ""));
    if (asked) message.reply(`files: ${message.attachments.size}`).catch((e) => errors.push(e));
  });
  onTestFinished(() => expect(errors).toEqual([]));
  const ready = new Promise((resolve) => void bot.once(Events.ClientReady, resolve));
  await bot.login(discord.botToken);
  await ready;
  await bot.application?.commands.set(commands);
}

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isMessageContextMenuCommand()) {
    const names = interaction.targetMessage.attachments.map(({ name }) => name).join(" ");
    await interaction.reply({ content: `${interaction.commandName}: ${names}`, flags: 64 });
  } else if (interaction.isChatInputCommand()) {
    const names = interaction.options.data.map(({ name, attachment }) => `${name}=${attachment?.name}`);
    await interaction.reply(`got ${names.join(" ")}`);
  }
}

async function open(user: string, options: BrowserContextOptions & { language?: string } = {}) {
  const discord = await openLocalDiscord();
  await joinUploadBot(discord);
  const page = await openAs(browser, discord, { user, ...options });
  return { discord, page };
}

function attached(page: Page) {
  return page.getByRole("list", { name: "Attached files" }).getByRole("listitem");
}

describe("files", () => {
  it("are chosen with the button, removed, and sent with the message", async () => {
    const { discord, page } = await open("ketchup");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Attach files", exact: true }).click();
    const text = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("text") };
    await (await chooser).setFiles([await picture("one.png"), await picture("two.png"), text]);
    await expect.poll(() => attached(page).count()).toBe(3);
    await page.getByRole("button", { name: "Remove two.png" }).click();
    await composer(page).fill("look");
    await page.keyboard.press("Enter");
    const posted = await discord.waitForMessage(({ content }) => content === "look");
    expect(posted.attachments.map(({ filename }) => filename)).toEqual(["one.png", "notes.txt"]);
    await page.getByRole("img", { name: "one.png" }).waitFor();
    await expect.poll(() => attached(page).count()).toBe(0);
  });

  it("are pasted anywhere, and sent without text", async () => {
    const { discord, page } = await open("ketchup");
    const file = await picture("image.png");
    await bring(page, "paste", [file], "body");
    await expect.poll(() => attached(page).count()).toBe(1);
    await composer(page).press("Enter");
    const { attachments } = await discord.waitForMessage(({ content }) => content === "");
    const stored = await fetch(attachments[0]?.url ?? "");
    expect(Buffer.from(await stored.arrayBuffer()).equals(file.buffer)).toBe(true);
  });

  it("stay with the text in their channel while the person is in another", async () => {
    const { page } = await open("ketchup");
    await bring(page, "drop", [await picture("one.png")]);
    await composer(page).fill("not yet");
    await page.getByRole("button", { name: "random" }).click();
    await page.getByRole("region", { name: "#random" }).waitFor();
    expect([await composer(page).inputValue(), await attached(page).count()]).toEqual(["", 0]);
    await page.getByRole("button", { name: "general" }).click();
    await page.getByRole("region", { name: "#general" }).waitFor();
    await expect.poll(() => attached(page).count()).toBe(1);
    expect(await composer(page).inputValue()).toBe("not yet");
    await page.getByRole("combobox", { name: "User" }).selectOption("relish");
    await expect.poll(() => composer(page).inputValue()).toBe("");
  });

  it("that Discord would refuse are refused in a note before they are sent, which is dismissed by touch", async () => {
    const { page } = await open("ketchup", { hasTouch: true });
    const size = 10 * 1024 * 1024 + 1;
    await bring(page, "drop", [{ name: "large.png", mimeType: "image/png", size }]);
    await page.getByText("too large to send: large.png").waitFor();
    await page.getByText("Only you can see this").waitFor();
    const small = await picture("small.png");
    await bring(page, "drop", [...Array(10).fill(small), { ...small, name: "eleventh.png" }]);
    await page.getByText("Left out: eleventh.png").waitFor();
    expect(await attached(page).count()).toBe(10);
    const dismiss = page.getByRole("button", { name: "Dismiss message" });
    expect((await dismiss.first().boundingBox())?.height).toBeGreaterThanOrEqual(24);
    await dismiss.first().tap();
    await expect.poll(() => dismiss.count()).toBe(1);
  });

  it("reach the bot with a mention typed by name", async () => {
    const { discord, page } = await open("relish");
    await bring(page, "drop", [await picture("one.png")]);
    await composer(page).pressSequentially("@b");
    await page.getByRole("option", { name: "bot" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("here");
    await page.keyboard.press("Enter");
    await page.getByText("files: 1").waitFor();
    expect(discord.messages()[0]?.content).toBe(`<@${discord.applicationId}> here`);
  });
});

describe("/upload", () => {
  it("works with a dropped file and Enter", async () => {
    const { page } = await open("ketchup");
    await composer(page).fill("/upload");
    await bring(page, "drop", [await picture("one.png")]);
    await page.getByRole("button", { name: "Choose a file for image2" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("got image=one.png").waitFor();
    expect(await attached(page).count()).toBe(0);
  });

  it("assigns a file to the option it is chosen for, and says which one is missing", async () => {
    const { page } = await open("ketchup");
    await composer(page).fill("/upload ");
    await page.keyboard.press("Enter");
    await page.getByText("“image” needs a file").waitFor();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a file for image" }).click();
    await (await chooser).setFiles([await picture("chosen.png"), await picture("second.png")]);
    await page.keyboard.press("Enter");
    const answer = page.getByText("got image=");
    await answer.waitFor();
    expect(await answer.textContent()).toBe("got image=chosen.png image2=second.png");
  });

  it("and other commands refuse files that they have no option for", async () => {
    const { discord, page } = await open("ketchup");
    await composer(page).fill("/ping");
    await bring(page, "drop", [await picture("one.png")]);
    await page.keyboard.press("Enter");
    await page.getByText("/ping takes no files").waitFor();
    expect(discord.messages()).toEqual([]);
    await page.getByRole("button", { name: "Remove one.png" }).click();
    await page.keyboard.press("Enter");
    await page.getByText("got").waitFor();
  });
});

describe("a message's menu", () => {
  it("has the commands of apps, by button and keyboard, in the person's language", async () => {
    const { discord, page } = await open("ketchup", { language: "fr" });
    discord.user("relish").post("look", [{ name: "a.png", bytes: (await picture("a.png")).buffer }]);
    const more = page.getByRole("button", { name: "Plus", exact: true });
    await more.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("group", { name: "Applis" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Plus");
    for (const name of ["Utilisateur", "Langue"]) await page.getByRole("combobox", { name }).waitFor();
    await page.getByRole("button", { name: "Joindre des fichiers" }).waitFor();
    await page.keyboard.press("Enter");
    for (const item of ["Créer un fil", "Épingler le message", "Copier le texte", "👍"]) {
      expect(await page.locator(":focus").textContent()).toContain(item);
      await page.keyboard.press("ArrowDown");
    }
    expect(await page.locator(":focus").textContent()).toContain("Ajouter aux images");
    await page.keyboard.press("Enter");
    await page.getByText("Add to image set: a.png").waitFor();
    await page.getByText("Ajouter aux images", { exact: true }).waitFor();
  });

  it("opens with a right click, with only the commands that the person may use", async () => {
    const { discord, page } = await open("relish");
    discord.user("ketchup").post("look");
    await page.getByText("look", { exact: true }).click({ button: "right" });
    const items = page.getByRole("group", { name: "Apps" }).getByRole("menuitem");
    await items.first().waitFor();
    expect(await items.allTextContents()).toEqual([expect.stringContaining("Add to image set")]);
    await page.mouse.click(10, 10);
    await expect.poll(() => items.count()).toBe(0);
  });
});

describe.each(sizes)("direct messages on %s", (_, viewport) => {
  it("are a channel of their own, with an unread mark", async () => {
    const { discord, page } = await open("relish", { viewport });
    const relish = discord.user("relish");
    await goTo(page, "Direct messages");
    await page.getByRole("region", { name: "@bot" }).waitFor();
    await bring(page, "drop", [await picture("one.png")]);
    await composer(page).fill("for you");
    await composer(page).press("Enter");
    await page.getByText("files: 1").waitFor();
    expect(relish.messages().map(({ channel_id }) => channel_id)).toEqual([relish.dm, relish.dm]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await goTo(page, "Local Guild");
    await page.getByRole("region", { name: "#general" }).waitFor();
    relish.post("again", [], { dm: true });
    await discord.waitForMessage(({ content }) => content === "files: 0");
    await goTo(page, "Direct messages, unread");
    await page.getByText("files: 0").waitFor();
  });
});
