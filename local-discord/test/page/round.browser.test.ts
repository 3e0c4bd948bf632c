import type { Page } from "playwright-core";
import { ButtonStyle, ComponentType, MessageFlags, Routes } from "discord.js";
import type { Interaction } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../../src/start.ts";
import { sharedBrowser } from "../browser/shared-browser.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { round } from "../round.ts";
import { openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

async function postRound(discord: LocalDiscord, onPress: (interaction: Interaction) => Promise<unknown>) {
  const bot = await joinBot(discord, onPress);
  const { body, files } = await round();
  return bot.rest.post(Routes.channelMessages(discord.channelId), { body, files });
}

/** Finds the button below the image with this number. */
function button(page: Page, label: string, number: number) {
  return page.getByRole("button", { name: label }).nth(number - 1);
}

/** Returns the distance of the list from its end, in pixels. */
function fromEnd(page: Page): Promise<number> {
  return page
    .getByRole("region", { name: "#general" })
    .evaluate((list) => list.scrollHeight - list.clientHeight - list.scrollTop);
}

describe.each(sizes)("a round on %s", (_, viewport) => {
  it("shows four images in their shapes, each with its buttons, and is scrolled to its end", async () => {
    const discord = await openLocalDiscord();
    await postRound(discord, async () => {});
    const page = await openAs(browser, discord, { viewport });
    await button(page, "1 · hot dog", 4).waitFor();
    await expect.poll(() => fromEnd(page)).toBeLessThan(2);
    const ratios = [1024 / 640, 600 / 1024, 1, 320 / 240];
    for (const [index, ratio] of ratios.entries()) {
      const picture = page.getByRole("img", { name: `Image ${index + 1} of 4` });
      const reserved = await picture.boundingBox();
      expect((reserved?.width ?? 0) / (reserved?.height ?? 1)).toBeCloseTo(ratio, 1);
      await picture.scrollIntoViewIfNeeded();
      await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
      expect((await picture.boundingBox())?.height).toBe(reserved?.height);
      expect(reserved?.width).toBeLessThanOrEqual(550);
      expect(reserved?.height).toBeLessThanOrEqual(351);
    }
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    const list = page.getByRole("region", { name: "#general" });
    expect(await list.evaluate((region) => region.scrollWidth <= region.clientWidth)).toBe(true);
  });
});

describe("a round", () => {
  it("shows that a press is pending, then its confirmation, to the presser only", async () => {
    const discord = await openLocalDiscord();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await postRound(discord, async (interaction) => {
      if (!interaction.isButton()) return;
      await released;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply("Saved: image 2 is a hot dog.");
    });
    const [page, other] = await Promise.all([
      openAs(browser, discord),
      openAs(browser, discord, { user: "mustard" }),
    ]);
    const pressed = button(page, "1 · hot dog", 2);
    await pressed.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("button[aria-busy=true]").count()).toBe(1);
    release();
    await page.getByText("Saved: image 2 is a hot dog.").waitFor();
    await page.getByText("Only you can see this").waitFor();
    await expect.poll(() => page.locator("button[aria-busy=true]").count()).toBe(0);
    const after = discord.user("ketchup").post("after");
    await other.getByText(after.content, { exact: true }).waitFor();
    expect(await other.getByText("Saved").count()).toBe(0);
  });
});

describe("a message that its button changes after a deferred update", () => {
  it.each([0, MessageFlags.Ephemeral])("shows the new picture in its place (flags %i)", async (privacy) => {
    const discord = await openLocalDiscord();
    const { ActionRow, Button, MediaGallery } = ComponentType;
    const { files } = await round();
    const [first] = files.map(({ data }) => data);
    const next = { type: Button, style: ButtonStyle.Primary, label: "Next", custom_id: "next" } as const;
    const showing = (name: string, attachment: Buffer = Buffer.of()) => ({
      components: [
        {
          type: MediaGallery,
          items: [{ media: { url: `attachment://${name}` }, description: name }],
        } as const,
        { type: ActionRow, components: [next] } as const,
      ],
      files: [{ name, attachment }],
    });
    await joinBot(discord, async (interaction) => {
      const flags = MessageFlags.IsComponentsV2 | privacy;
      if (interaction.isChatInputCommand()) await interaction.reply({ ...showing("a.webp", first), flags });
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.editReply({ ...showing("b.webp", first), attachments: [] });
    });
    const page = await openAs(browser, discord);
    await discord.user("ketchup").command("ping").answer();
    await page.getByRole("img", { name: "a.webp" }).waitFor();
    // All heights of the gallery's box from now on.
    const heights = await page.evaluateHandle<Set<number>>(`(() => {
      const seen = new Set();
      (function look() {
        seen.add(document.querySelector(".gallery")?.getBoundingClientRect().height);
        requestAnimationFrame(look);
      })();
      return seen;
    })()`);
    await page.getByRole("button", { name: "Next" }).click();
    const picture = page.getByRole("img", { name: "b.webp" });
    await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBe(1024);
    expect(await heights.evaluate((seen) => seen.size)).toBe(1);
    expect(await page.getByRole("img", { name: "a.webp" }).count()).toBe(0);
    expect(await page.getByText("thinking").count()).toBe(0);
    expect(discord.messages()).toHaveLength(1);
  });
});

describe("a press on the first image of a round", () => {
  it("marks the button, and leads to the answer below, which is out of sight", async () => {
    const discord = await openLocalDiscord();
    await postRound(discord, async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply(`Saved: ${interaction.customId.slice(0, 12)}.`);
    });
    const page = await openAs(browser, discord);
    const bar = page.getByRole("status").getByRole("button", { name: /new answer/i });
    await page.getByRole("button", { name: "1 · hot dog, Image 4 of 4" }).click();
    await page.getByText("Saved: label:r1:4:1.").waitFor();
    await page.getByRole("button", { name: "0 · not hot dog, Image 1 of 4" }).click();
    await expect.poll(() => bar.innerText()).toMatch(/New answer from bot\s+Show/);
    const marked = page.getByTitle("You pressed this");
    await expect.poll(() => marked.count()).toBe(2);
    await page.getByRole("button", { name: "1 · hot dog, Image 1 of 4" }).click();
    await expect.poll(() => bar.innerText()).toMatch(/2 new answers from bot/);
    expect(await marked.count()).toBe(2);
    expect(await marked.first().getAttribute("aria-label")).toBe("1 · hot dog, Image 1 of 4");
    await page.getByText("Saved: label:r1:1:0.").waitFor({ state: "attached" });
    await bar.press("Enter");
    await expect.poll(() => page.locator(":focus").innerText()).toContain("Saved: label:r1:1:0.");
    await page.getByText("Saved: label:r1:1:1.").waitFor();
    await expect.poll(() => bar.count()).toBe(0);
  });
});

describe.each(sizes)("a section on %s", (_, viewport) => {
  it("keeps half of its width for the text beside a wide button", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const { Button, Section, TextDisplay } = ComponentType;
    const label = "A button that has a great deal to say, and says it in one go";
    const accessory = { type: Button, style: ButtonStyle.Primary, label, custom_id: "press" };
    const text = "A text of several words, which would rather stand in few lines";
    const components = [{ type: Section, components: [{ type: TextDisplay, content: text }], accessory }];
    const body = { flags: MessageFlags.IsComponentsV2, components: [{ type: 17, components }] };
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body });
    const page = await openAs(browser, discord, { viewport });
    const section = await page.locator(".section").boundingBox();
    const texts = await page.getByText(text).boundingBox();
    expect(texts?.width).toBeGreaterThanOrEqual((section?.width ?? 0) / 2 - 1);
    const pressed = await page.getByRole("button", { name: label }).boundingBox();
    const right = (box: typeof section) => (box?.x ?? 0) + (box?.width ?? 0);
    expect(right(pressed)).toBeLessThanOrEqual(right(section) + 1);
  });
});

describe("the page", () => {
  it("shows beside the button that a press has failed", async () => {
    const discord = await openLocalDiscord();
    await postRound(discord, async () => {});
    const page = await openAs(browser, discord);
    await button(page, "0 · not hot dog", 1).click();
    await page.locator("button[aria-busy=true]").waitFor();
    discord.advance(3000);
    const note = page.getByText("This interaction failed");
    await note.waitFor();
    const [above, below] = [await note.boundingBox(), await button(page, "0 · not hot dog", 2).boundingBox()];
    expect(above?.y).toBeLessThan(below?.y ?? 0);
  });

  it("presses the button of a section", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(
      discord,
      async (interaction) => interaction.isButton() && interaction.reply("pressed"),
    );
    const { Button, Section, TextDisplay } = ComponentType;
    const accessory = { type: Button, style: ButtonStyle.Primary, label: "Press me", custom_id: "press" };
    const components = [{ type: Section, components: [{ type: TextDisplay, content: "A text" }], accessory }];
    const body = { flags: MessageFlags.IsComponentsV2, components };
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body });
    const page = await openAs(browser, discord);
    await page.getByRole("button", { name: "Press me" }).click();
    await page.getByText("pressed", { exact: true }).waitFor();
    expect(discord.messages()).toHaveLength(2);
  });

  it("loads images only when they come near, and does not move while they load", async () => {
    const loaded: string[] = [];
    const discord = await openLocalDiscord({
      rateLimits: false,
      onRequest: ({ path }) => path.startsWith("/attachments/") && loaded.push(path),
    });
    const bot = await joinBot(discord);
    const { body, files } = await round();
    for (let posted = 0; posted < 30; posted++) {
      await bot.rest.post(Routes.channelMessages(discord.channelId), { body, files });
    }
    const page = await openAs(browser, discord);
    await button(page, "1 · hot dog", 120).waitFor();
    await expect.poll(() => loaded.length).toBeGreaterThan(0);
    expect(loaded.length).toBeLessThan(40);
    const list = page.getByRole("region", { name: "#general" });
    const height = await list.evaluate((region) => region.scrollHeight);
    await list.evaluate((region) => region.scrollTo({ top: 0 }));
    await expect
      .poll(() =>
        page
          .getByRole("img", { name: "Image 1 of 4" })
          .first()
          .evaluate((image) => image.complete),
      )
      .toBe(true);
    expect(await list.evaluate((region) => region.scrollHeight)).toBe(height);
  });
});
