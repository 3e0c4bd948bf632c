import { ApplicationCommandOptionType } from "discord.js";
import type { Interaction, RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { composer, openAs } from "./open-page.ts";

const browser = sharedBrowser();
const { Attachment, Role, String: Text, Subcommand } = ApplicationCommandOptionType;

const commands: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: "project",
    description: "Projects",
    options: [
      { type: Subcommand, name: "list", description: "Lists all projects" },
      {
        type: Subcommand,
        name: "create",
        description: "Creates a project",
        options: [
          { type: Text, name: "question", description: "What to ask", required: true },
          { type: Role, name: "role", description: "Who labels" },
        ],
      },
    ],
  },
  {
    name: "upload",
    description: "Adds an image",
    options: [
      {
        type: Attachment,
        name: "image",
        description: "An image",
        required: true,
        file_types: ["image", ".tif"],
      },
    ],
  },
  { type: 2, name: "Say Hello" },
];

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isUserContextMenuCommand())
    return interaction.reply(`Hello ${interaction.targetUser.username}`);
  if (!interaction.isChatInputCommand()) return null;
  const { options } = interaction;
  if (interaction.commandName === "upload")
    return interaction.reply(options.getAttachment("image", true).name);
  const role = options.getRole("role")?.name ?? "nobody";
  return interaction.reply(`${options.getSubcommand()}: ${options.getString("question")} for ${role}`);
}

async function open() {
  const discord = await openLocalDiscord();
  const bot = await joinBot(discord, answer, commands);
  return { discord, bot };
}

const sizes = [
  ["a desktop", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const;

describe.each(sizes)("with the keyboard on %s", (_, viewport) => {
  it("a subcommand is chosen, filled in and sent, and a mention starts it", async () => {
    const { discord, bot } = await open();
    const page = await openAs(browser, discord, { viewport });
    await composer(page).focus();
    await page.keyboard.type("/project");
    const list = page.getByRole("listbox");
    await list.getByRole("option", { name: "/project create Creates a project" }).waitFor();
    expect(await list.getByRole("option").allInnerTexts()).toHaveLength(2);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => composer(page).inputValue()).toBe("/project create ");
    await page.keyboard.type("question:Is it a hot dog? role:");
    await list.getByRole("option", { name: "@moderator" }).waitFor();
    await page.keyboard.type("mod");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("create: Is it a hot dog? for moderator").waitFor();
    await expect.poll(() => page.locator(".command-name").last().innerText()).toBe("/project create");

    const { id } = await discord.waitForCommand("project");
    const channel = await bot.channels.fetch(discord.channelId);
    if (channel?.isSendable()) await channel.send(`Try </project list:${id}>`);
    await page.getByRole("button", { name: "/project list" }).last().press("Enter");
    await expect.poll(() => composer(page).inputValue()).toBe("/project list ");
  });

  it("a person's menu has user commands, and returns the focus", async () => {
    const { discord } = await open();
    discord.user("mustard").post("hello there");
    const page = await openAs(browser, discord, { viewport });
    const author = page.getByRole("article").getByRole("button", { name: "mustard" });
    await author.focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu", { name: "Actions for mustard" });
    await menu.getByRole("menuitem", { name: "Say Hello" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("button.author-name:focus", { hasText: "mustard" }).waitFor();
    await page.keyboard.press("Enter");
    await menu.waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("Hello mustard").waitFor();
    await expect.poll(() => page.locator(".command-name").last().innerText()).toBe("Say Hello");
  });
});

describe("the page", () => {
  it("opens a person's menu from the member list, the avatar, and in direct messages", async () => {
    const { discord } = await open();
    discord.user("mustard").post("hello there");
    discord.user("ketchup").post("just us", [], { dm: true });
    const page = await openAs(browser, discord, { viewport: { width: 1280, height: 800 } });
    const members = page.getByRole("complementary", { name: "Members" });
    await members.getByRole("button", { name: "relish" }).click({ button: "right" });
    await page.getByRole("menuitem", { name: "Say Hello" }).click();
    await page.getByText("Hello relish").waitFor();
    await page.locator(".author-avatar").first().click({ button: "right" });
    await page.getByRole("menu", { name: "Actions for mustard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Direct messages" }).click();
    await page.getByRole("article").getByRole("button", { name: "ketchup" }).click();
    await page.getByRole("menuitem", { name: "Say Hello" }).click();
    await page.getByText("Hello ketchup").waitFor();
    expect(discord.user("ketchup").messages().at(-1)?.channel_id).toBe(discord.user("ketchup").dm);
  });

  it("refuses a file of another type, and says which types the option accepts", async () => {
    const { discord } = await open();
    const page = await openAs(browser, discord);
    await composer(page).fill("/upload ");
    const slot = page.getByRole("button", { name: "Choose a file for image" });
    await slot.getByText("Accepts images, .tif").waitFor();
    const chooser = page.waitForEvent("filechooser");
    await slot.click();
    await chooser;
    const input = page.locator("input[type=file]");
    expect(await input.getAttribute("accept")).toBe(".png,.gif,.jpg,.jpeg,.jfif,.webp,.avif,.tif");
    const buffer = Buffer.from("x");
    await input.setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer });
    await composer(page).press("Enter");
    await page.getByText("The option “image” takes files of these types only: images, .tif.").waitFor();
    await page.getByRole("button", { name: "Remove notes.txt" }).click();
    await input.setInputFiles({ name: "scan.TIF", mimeType: "image/tiff", buffer });
    await composer(page).press("Enter");
    await page.getByText("scan.TIF", { exact: true }).waitFor();
  });
});
