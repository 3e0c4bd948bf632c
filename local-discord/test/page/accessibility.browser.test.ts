import { ApplicationCommandOptionType, Routes } from "discord.js";
import type { RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { describe, expect, it } from "vitest";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { round } from "../round.ts";
import { addAxe, NO_VIOLATIONS, violationsIn } from "./axe.ts";
import { bring, picture } from "./files.ts";
import { everyKind } from "./modals.ts";
import { goTo, openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

const command: RESTPostAPIApplicationCommandsJSONBody = {
  name: "remind",
  description: "Reminds somebody",
  options: [
    { type: ApplicationCommandOptionType.User, name: "who", description: "Whom", required: true },
    { type: ApplicationCommandOptionType.String, name: "what", description: "Of what", required: true },
  ],
};

const scan: RESTPostAPIApplicationCommandsJSONBody = {
  name: "scan",
  description: "Reads an image",
  options: [
    {
      type: ApplicationCommandOptionType.Attachment,
      name: "image",
      description: "An image",
      file_types: ["image", ".tif"],
    },
  ],
};

const text = [
  "# A heading",
  "**bold** *slanted* ~~gone~~ ||hidden|| `code` [link](https://example.org) <t:0:R>",
  "> quoted\n- one\n- two\n-# small print\n```js\nconst a = 1;\n```",
].join("\n");

const embed = {
  title: "A title",
  url: "https://example.org",
  description: "A text",
  color: 0x2e86ab,
  fields: [{ name: "Name", value: "Value" }],
  footer: { text: "A footer" },
};

const button = (style: number) => ({ type: 2, style, label: `Style ${style}`, custom_id: `style-${style}` });

/** Opens a channel whose messages show everything that a message can contain. */
async function openRichChannel() {
  const discord = await openLocalDiscord();
  const bot = await joinBot(
    discord,
    async (interaction) => {
      if (interaction.isButton()) await interaction.reply({ content: "Pressed", flags: 64 });
      if (!interaction.isChatInputCommand()) return;
      const { commandName } = interaction;
      if (commandName === "ping") await interaction.reply({ content: "For you alone", flags: 64 });
      // Discord allows five components in a modal.
      const [first, last] = commandName === "form" ? [0, 5] : [5, 10];
      if (commandName !== "ping")
        await interaction.showModal({
          custom_id: "form",
          title: "A form",
          components: everyKind.components.slice(first, last),
        });
    },
    [
      { name: "ping", description: "Says pong" },
      { name: "form", description: "Opens a form" },
      { name: "more", description: "Opens more of it" },
      command,
      scan,
      { type: 2, name: "Say Hello" },
    ],
  );
  const route = Routes.channelMessages(discord.channelId);
  await bot.rest.post(route, await round());
  const row = {
    type: 1,
    components: [...[1, 2, 3, 4].map(button), { ...button(1), custom_id: "off", disabled: true }],
  };
  await bot.rest.post(route, { body: { content: text, embeds: [embed], components: [row] } });
  const options = [
    { label: "One", value: "1", description: "The first", default: true },
    { label: "Two", value: "2" },
  ];
  const selects = [
    { type: 3, custom_id: "numbers", placeholder: "Numbers", options, min_values: 0, max_values: 2 },
    { type: 5, custom_id: "who", placeholder: "Who" },
    { type: 8, custom_id: "where", disabled: true },
  ];
  const components = selects.map((select) => ({ type: 1, components: [select] }));
  await bot.rest.post(route, { body: { content: "Select menus", components } });
  const relish = discord.user("relish");
  const message = relish.post(`<@${discord.user("ketchup").id}> look`, [
    { name: "a.png", bytes: (await picture("a.png")).buffer },
    { name: "notes.txt", bytes: Buffer.from("text") },
  ]);
  relish.post("indeed", [], { replyTo: message });
  relish.post("elsewhere", [], { channelId: discord.guilds[0]?.channels[1]?.id ?? "" });
  return discord;
}

describe.each(sizes)("on %s, in both themes, axe finds no serious violation", (_, viewport) => {
  it("in a full channel, the composer's list, the menu, the viewer and the traffic", async () => {
    const discord = await openRichChannel();
    const page = await openAs(browser, discord, {
      viewport,
      colorScheme: "dark",
      reducedMotion: "reduce",
    });
    await addAxe(page);
    const composer = page.getByRole("textbox", { name: "Message" });
    await composer.fill("/ping");
    await page.keyboard.press("Enter");
    await page.getByText("For you alone").waitFor();
    await composer.fill("/nope");
    await page.keyboard.press("Enter");
    await page.getByText("There is no command /nope").waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    const channel = page.getByRole("region", { name: "#general" });
    expect(await channel.evaluate((area) => area.scrollWidth - area.clientWidth)).toBe(0);

    await page.getByRole("button", { name: "1 · hot dog, Image 1 of 4" }).click();
    await page.getByTitle("You pressed this").waitFor();
    const answer = page.getByRole("button", { name: "New answer from bot" });
    await answer.waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await answer.click();
    await expect.poll(() => answer.count()).toBe(0);

    await composer.fill("/re");
    await page.getByRole("option", { name: /remind/ }).waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await composer.fill("/remind what:x ");
    await page.keyboard.press("Enter");
    await page.getByText("“who” is required").waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await composer.fill("/scan ");
    await page.getByText("Accepts images, .tif").waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await composer.fill("");

    await page.getByRole("button", { name: "More", exact: true }).last().click();
    await page.getByRole("menu").waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await page.keyboard.press("Escape");

    for (const name of ["Numbers", "Who"]) {
      await page.getByRole("combobox", { name, exact: true }).click();
      await page.getByRole("listbox", { name }).waitFor();
      expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
      await page.keyboard.press("Escape");
    }

    await page.locator(".author-name").last().click();
    await page.getByRole("menu", { name: /^Actions for/ }).waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await page.keyboard.press("Escape");

    await page.getByRole("link", { name: "Open image a.png" }).click();
    await page.getByRole("dialog", { name: "Images" }).waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Traffic" }).click();
    const drawer = page.getByRole("complementary", { name: "Traffic" });
    await drawer.locator("summary").filter({ hasText: "INTERACTION_CREATE ping" }).click();
    await drawer.getByRole("button", { name: "Copy as test" }).waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await drawer.getByRole("button", { name: "Close" }).click();

    const dialog = page.getByRole("dialog", { name: "A form" });
    await composer.fill("/form");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Submit" }).click();
    await dialog.getByText("This field is required.").waitFor();
    await bring(page, "drop", [await picture("one.png"), { name: "a.txt", mimeType: "", size: 1 }], ".modal");
    await dialog.getByText("Not accepted here: a.txt").waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await page.keyboard.press("Escape");
    await dialog.getByText("Discard what you entered?").waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await dialog.getByRole("button", { name: "Discard" }).click();
    await composer.fill("/more");
    await page.keyboard.press("Enter");
    await dialog.getByRole("checkbox", { name: "Onions" }).check();
    await dialog.getByRole("checkbox", { name: "Relish" }).check();
    await dialog.getByRole("button", { name: "Submit" }).click();
    await dialog.getByText("Choose at most 2.").waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.getByRole("button", { name: "Discard" }).click();

    await goTo(page, "Direct messages");
    await page.getByRole("region", { name: "@bot" }).waitFor();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
    // On a phone, the channels are behind a button, and open over the channel.
    const menu = page.getByRole("button", { name: /^Servers and channels/ });
    if (await menu.isVisible()) await menu.click();
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
  });
});
