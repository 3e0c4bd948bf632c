import type { ModalSubmitInteraction } from "discord.js";
import { ButtonStyle, ComponentType, Routes } from "discord.js";
import type { BrowserContextOptions, Locator, Page, WebSocketRoute } from "playwright-core";
import { describe, expect, it } from "vitest";
import { load, sharedBrowser } from "../browser/shared-browser.ts";
import { joinBot, openLocalDiscord } from "../bot.ts";
import { bring, picture } from "./files.ts";
import { everyKind } from "./modals.ts";
import { composer, openAs, sizes } from "./open-page.ts";

const browser = sharedBrowser();

/** Discord allows five components in a modal. */
const [order, extras] = [everyKind.components.slice(0, 5), everyKind.components.slice(5)];

/** Opens a page, and a bot that opens a modal on /order and another one on its button. */
async function openOrders(
  onSubmit: (submit: ModalSubmitInteraction) => Promise<unknown>,
  options: BrowserContextOptions & { language?: string } = {},
) {
  const discord = await openLocalDiscord();
  const bot = await joinBot(
    discord,
    async (interaction) => {
      const { custom_id, title } = everyKind;
      if (interaction.isModalSubmit()) await onSubmit(interaction);
      else if (interaction.isCommand()) await interaction.showModal({ custom_id, title, components: order });
      else if (interaction.isButton())
        await interaction.showModal({ custom_id, title: "Extras", components: extras });
    },
    [{ name: "order", description: "Orders a hot dog" }],
  );
  const button = { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Extras", custom_id: "x" };
  const body = { components: [{ type: ComponentType.ActionRow, components: [button] }] };
  await bot.rest.post(Routes.channelMessages(discord.channelId), { body });
  const page = await openAs(browser, discord, options);
  return { discord, page };
}

async function openOrder(page: Page): Promise<Locator> {
  await composer(page).fill("/order");
  await composer(page).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Order a hot dog" });
  await dialog.waitFor();
  return dialog;
}

async function openExtras(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Extras" }).click();
  const dialog = page.getByRole("dialog", { name: "Extras" });
  await dialog.waitFor();
  return dialog;
}

/** Returns the accessible name of the element with the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const { ariaLabel, labels, textContent } = document.activeElement;
    return (ariaLabel ?? labels?.[0]?.textContent ?? textContent).trim();
  })()`);
}

describe.each(sizes)("a modal on %s", (_, viewport) => {
  it("is filled in, corrected and sent, and closes when the bot acknowledges it", async () => {
    const { page } = await openOrders(
      async (submit) => {
        const { fields } = submit;
        const files = fields.getUploadedFiles("files")?.map(({ name }) => name);
        const who = fields.getSelectedUsers("who")?.map(({ username }) => username);
        const texts = [fields.getTextInputValue("name"), fields.getTextInputValue("why")];
        await submit.reply([...texts, who, files].join(" | "));
      },
      { viewport },
    );
    const dialog = await openOrder(page);
    await expect.poll(() => focused(page)).toBe("Name *");
    const name = dialog.getByRole("textbox", { name: "Name" });
    await name.press("Enter");
    await dialog.getByText("2 answers need a change.").waitFor();
    expect(await name.getAttribute("aria-invalid")).toBe("true");
    const described = await name.getAttribute("aria-describedby");
    expect(await page.locator(`#${described?.split(" ").at(-1)}`).textContent()).toContain("is required");
    await name.fill("K");
    await dialog.getByText("Enter at least 2 characters.").waitFor();
    await name.fill("Ketchup");
    await dialog.getByRole("combobox", { name: "For whom" }).click();
    await dialog.getByRole("option", { name: "relish" }).click();
    await page.keyboard.press("Escape");
    await dialog.getByText("answers need").waitFor({ state: "hidden" });

    const text = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("text") };
    await bring(page, "drop", [text, await picture("one.png"), await picture("two.png")], ".modal");
    await dialog.getByText("Not accepted here: notes.txt. Accepted: images, .tif.").waitFor();
    await dialog.getByRole("button", { name: "Remove one.png" }).click();
    await bring(page, "paste", [await picture("three.png")], "body");
    await expect.poll(() => dialog.getByRole("listitem").count()).toBe(2);

    const body = page.locator(".modal-body");
    expect(await body.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await name.press("Enter");
    await page.getByText("Ketchup | Because | relish | two.png,three.png").waitFor();
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(await composer(page).evaluate((element) => element.matches(":focus"))).toBe(true);
  });

  it("keeps its buttons in view above a keyboard", async () => {
    const { page } = await openOrders(async () => {}, { viewport, reducedMotion: "reduce" });
    const dialog = await openOrder(page);
    await page.setViewportSize({ width: viewport.width, height: 380 });
    const box = await dialog.getByRole("button", { name: "Submit" }).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(380);
    const small = `[...document.querySelectorAll(".modal :is(input, textarea)")]
      .filter((input) => parseFloat(getComputedStyle(input).fontSize) < 16 && input.checkVisibility()).length`;
    expect(await page.evaluate(small)).toBe(0);
  });
});

describe("a modal", () => {
  it("of a button holds the focus, asks before it discards, and returns the focus", async () => {
    const { page } = await openOrders(async (submit) => {
      const { fields } = submit;
      const chosen = [fields.getRadioGroup("size"), fields.getStringSelectValues("color")];
      const checked = [fields.getCheckboxGroup("extras").join("+"), fields.getCheckbox("agree")];
      await submit.reply([...chosen, ...checked].join(" | "));
    });
    const dialog = await openExtras(page);
    await expect.poll(() => focused(page)).toContain("Medium");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(await focused(page)).toBe("Extras");

    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "Submit" }).focus();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Close");
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe("Submit");
    const onions = dialog.getByRole("checkbox", { name: "Onions" });
    await onions.press("Space");
    for (const _ of [1, 2]) {
      await page.keyboard.press("Escape");
      await dialog.getByText("Discard what you entered?").waitFor();
      await page.keyboard.press("Escape");
      await expect.poll(() => onions.evaluate((element) => element.matches(":focus"))).toBe(true);
    }
    await dialog.getByRole("checkbox", { name: "Relish" }).check();
    await dialog.getByRole("button", { name: "Submit" }).click();
    await dialog.getByText("Choose at most 2.").waitFor();
    await onions.uncheck();
    await dialog.getByRole("button", { name: "Clear choice" }).click();
    await dialog.getByRole("button", { name: "Submit" }).click();
    await page.getByText("| green | mustard+relish | true").waitFor();

    await openExtras(page);
    await dialog.getByRole("checkbox", { name: /I have read the rules/ }).uncheck();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.getByRole("button", { name: "Discard" }).click();
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(await focused(page)).toBe("Extras");
  });

  it("keeps what was entered when the bot, the server or the connection fails", async () => {
    let isSilent = true;
    const { discord, page } = await openOrders(
      async (submit) => isSilent || (await submit.reply(`Pour ${submit.fields.getTextInputValue("name")}`)),
      { language: "fr" },
    );
    let socket: WebSocketRoute | undefined;
    await page.routeWebSocket("**/client?*", (route) => {
      socket = route;
      route.connectToServer();
    });
    await load(page);
    const dialog = await openOrder(page);
    const name = dialog.getByRole("textbox", { name: "Name" });
    await name.fill("Ketchup");
    await dialog.getByRole("combobox", { name: "For whom" }).click();
    await dialog.getByRole("option", { name: "relish" }).click();
    await page.keyboard.press("Escape");
    const submit = dialog.getByRole("button", { name: "Envoyer" });
    await submit.click();
    await dialog.getByText("Envoi en cours").waitFor();
    discord.advance(3000);
    await dialog.getByText("Une erreur est survenue. Réessaie.").waitFor();

    const errors = { why: "Too short a reason." };
    await page.route(
      "**/client/interactions",
      (route) => route.fulfill({ status: 400, json: { message: "Refused.", errors } }),
      { times: 1 },
    );
    await submit.click();
    await dialog.getByText(errors.why).waitFor();
    expect(await focused(page)).toBe("Why a hot dog?");

    const stayAway = discord.fault({ path: /^\/client$/, act: "drop" });
    await socket?.close();
    await dialog.getByText("La connexion est perdue.").waitFor();
    await name.press("Enter");
    expect(await submit.getAttribute("aria-disabled")).toBe("true");
    stayAway();
    await expect.poll(() => submit.getAttribute("aria-disabled")).toBe("false");
    expect(await name.inputValue()).toBe("Ketchup");
    isSilent = false;
    await name.press("Enter");
    await page.getByText("Pour Ketchup").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});
