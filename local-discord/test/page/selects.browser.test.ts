import type { AnySelectMenuInteraction, APIMessage } from "discord.js";
import { ChannelType, ComponentType, MessageFlags, Routes } from "discord.js";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { openAs } from "./open-page.ts";

const browser = sharedBrowser();
const { ActionRow, ChannelSelect, Container, MentionableSelect, RoleSelect, StringSelect, UserSelect } =
  ComponentType;

const toppings = [
  { label: "Mustard", value: "m", description: "Yellow and hot", emoji: { name: "🌭" } },
  { label: "Onions", value: "o" },
  { label: "Relish", value: "r" },
];
const rows = [
  { type: StringSelect, custom_id: "one", placeholder: "One topping", options: toppings },
  {
    type: StringSelect,
    custom_id: "some",
    placeholder: "Some toppings",
    options: toppings.map((option) => Object.assign({ default: option.value === "o" }, option)),
    min_values: 0,
    max_values: 2,
  },
  { type: UserSelect, custom_id: "who", placeholder: "Who", max_values: 2 },
  { type: RoleSelect, custom_id: "role", placeholder: "Which role", min_values: 0 },
  { type: MentionableSelect, custom_id: "whoever", placeholder: "Whoever", disabled: true },
  { type: ChannelSelect, custom_id: "where", placeholder: "Where", channel_types: [ChannelType.GuildText] },
].map((select) => ({ type: ActionRow, components: [select] }));

/** Posts a message with select menus of all kinds in a container. The bot handles selections with `onSelect`. */
async function openSelects(
  onSelect: (interaction: AnySelectMenuInteraction) => Promise<unknown>,
  options: Parameters<typeof openAs>[2] = {},
) {
  const discord = await openLocalDiscord({ rateLimits: false });
  const bot = await joinBot(
    discord,
    async (interaction) => interaction.isAnySelectMenu() && onSelect(interaction),
  );
  const body = { flags: MessageFlags.IsComponentsV2, components: [{ type: Container, components: rows }] };
  const route = Routes.channelMessages(discord.channelId);
  const message = (await bot.rest.post(route, { body })) as APIMessage;
  const page = await openAs(browser, discord, options);
  await field(page, "Where").waitFor();
  /** Edits the message, so that one topping is chosen beforehand. */
  const preselect = (value: string) => {
    const options = toppings.map((option) => Object.assign({ default: option.value === value }, option));
    const first = { type: ActionRow, components: [{ ...rows[0]?.components[0], options }] };
    const components = [{ type: Container, components: [first, ...rows.slice(1)] }];
    return bot.rest.patch(`${route}/${message.id}`, { body: { components } });
  };
  return { discord, page, preselect };
}

/** Finds a closed or open select menu. */
function field(page: Page, name: string) {
  return page.getByRole("combobox", { name, exact: true });
}

/** Returns the name of the open list's active entry, as a screen reader gets it. */
async function activeEntry(page: Page): Promise<string | null> {
  const id = await page.locator(":focus").getAttribute("aria-activedescendant");
  return page.locator(`[id="${id}"]`).innerText();
}

describe("a select menu", () => {
  it("sends a single choice at once, keeps it while the message does, and then shows the bot's", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const chosen: string[][] = [];
    const { page, preselect } = await openSelects(async (interaction) => {
      chosen.push(interaction.values);
      await released;
      await interaction.deferUpdate();
    });
    const one = field(page, "One topping");
    await one.focus();
    await page.keyboard.press("End");
    expect(await activeEntry(page)).toBe("Relish");
    await page.keyboard.type("mu");
    expect(await activeEntry(page)).toContain("Mustard");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("listbox").count()).toBe(0);
    await page.keyboard.type("o");
    await page.keyboard.press("Enter");
    await expect.poll(() => one.getAttribute("aria-busy")).toBe("true");
    expect(await one.innerText()).toContain("Onions");
    await page.keyboard.press("Enter");
    expect(await one.getAttribute("aria-expanded")).toBe("false");
    release();
    await expect.poll(() => one.getAttribute("aria-busy")).toBe("false");
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("One topping");
    expect(await one.innerText()).toBe("Onions");

    await page.getByRole("button", { name: "random" }).click();
    await page.getByRole("button", { name: "general" }).click();
    await expect.poll(() => one.innerText()).toBe("Onions");
    await preselect("r");
    await expect.poll(() => one.innerText()).toBe("Relish");
    expect(chosen).toEqual([["o"]]);
  });

  it("sends several choices when its list closes, if they changed, and can be cleared", async () => {
    const chosen: string[][] = [];
    const { page } = await openSelects(async (interaction) => {
      chosen.push(interaction.values);
      await interaction.deferUpdate();
    });
    const some = field(page, "Some toppings");
    await some.click();
    const list = page.getByRole("listbox", { name: "Some toppings" });
    expect(await list.getAttribute("aria-multiselectable")).toBe("true");
    expect(await list.getByRole("option", { selected: true }).allInnerTexts()).toEqual(["Onions"]);
    await page.keyboard.press("Escape");
    await some.click();
    await page.keyboard.press("Home");
    await page.keyboard.press("Space");
    const relish = list.getByRole("option", { name: "Relish", disabled: true });
    await relish.click({ force: true });
    expect(await list.getByRole("option", { selected: true }).count()).toBe(2);
    expect(chosen).toEqual([]);
    await page.getByRole("heading", { name: "Welcome to #general!" }).click();
    await expect.poll(() => chosen).toEqual([["o", "m"]]);
    await page.getByRole("button", { name: "Clear Some toppings" }).click();
    await expect.poll(() => chosen).toEqual([["o", "m"], []]);
    await expect.poll(() => some.innerText()).toBe("Some toppings");
  });

  it("finds users by name, and shows beside it that the bot did not answer", async () => {
    const { discord, page } = await openSelects(async () => {});
    await field(page, "Who").click();
    const search = page.getByRole("combobox", { name: "Search: Who" });
    await search.fill("nobody");
    await page.getByText("No results").waitFor();
    await search.fill("USTA");
    await page.keyboard.press("Enter");
    await search.fill("");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    expect(await field(page, "Who").innerText()).toMatch(/mustard\s+bot/);
    await page.locator(".select-field[aria-busy=true]").waitFor();
    discord.advance(3000);
    const note = page.getByText("This interaction failed");
    await note.waitFor();
    const [shown, next] = [await note.boundingBox(), await field(page, "Which role").boundingBox()];
    expect(shown?.y).toBeLessThan(next?.y ?? 0);
    expect(await field(page, "Whoever").isDisabled()).toBe(true);
  });

  it("stays on the screen of a phone, and uses its width", async () => {
    const { page } = await openSelects(async () => {}, { viewport: { width: 390, height: 600 } });
    for (const name of ["One topping", "Where"]) {
      await field(page, name).click();
      const list = page.locator(".select-popup");
      await list.waitFor();
      const box = await list.boundingBox();
      expect([box?.x, box?.width]).toEqual([8, 374]);
      expect(box?.y).toBeGreaterThan(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(600);
      await page.keyboard.press("Escape");
    }
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });
});
