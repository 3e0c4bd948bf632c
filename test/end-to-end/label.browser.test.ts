import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { load, sharedBrowser } from "../../local-discord/test/browser/shared-browser.ts";
import { addAxe, NO_VIOLATIONS, violationsIn } from "../../local-discord/test/page/axe.ts";
import { diskStore } from "../../src/object-store/disk.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { addPlainImages } from "../pictures.ts";
import { addressOf, startInFolder, waitForText } from "./local-bot.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const IMAGES = 5;

const browser = sharedBrowser();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
  await addPlainImages(imageSet(await diskStore(folder)), IMAGES);
});

afterAll(() => rm(folder, { recursive: true }));

/** Where a button is on the screen. */
async function placeOf(page: Page, name: string): Promise<string> {
  const box = await page.getByRole("button", { name }).boundingBox();
  return `${box?.x}, ${box?.y}`;
}

/** People with their languages, and what they see. */
const READERS = [
  {
    language: "en",
    user: "relish",
    command: "/label",
    pick: "1 · hot dog",
    back: "Back",
    altAnswered: "An image that you have answered",
    alt: (number: number) => `Image ${number}, not answered yet`,
    end: /You have answered everything that needs answers/,
  },
  {
    language: "fr",
    user: "mustard",
    command: "/étiqueter",
    pick: "1 · hot-dog",
    back: "Retour",
    altAnswered: "Une image à laquelle vous avez répondu",
    alt: (number: number) => `Image ${number}, sans réponse pour l’instant`,
    end: /Vous avez répondu à tout ce qui a besoin de réponses/,
  },
];

it("/label on a phone names each image to a screen reader, and its buttons never move, in English and in French", async () => {
  await using bot = startInFolder(folder, { LABEL_MIN_VIEW_MS: "0" });
  const address = await addressOf(bot);
  for (const { language, user, command, pick, back, alt, altAnswered, end } of READERS) {
    const page = await browser.open(PHONE);
    await load(page, `${address}?user=${user}&language=${language}`);
    const input = page.getByRole("textbox", { name: /^Message/ });
    await input.fill(command);
    await input.press("Enter");
    const places = new Set<string>();
    for (let number = 1; number <= IMAGES; number += 1) {
      await page.getByRole("img", { name: alt(number), exact: true }).waitFor();
      // There is no "(edited)" below the first image.
      if (number > 1) places.add(await placeOf(page, pick));
      await page.getByRole("button", { name: pick }).tap();
    }
    await waitForText(page, end);
    expect([...places]).toHaveLength(1);
    await page.getByRole("button", { name: back }).tap();
    await page.getByRole("img", { name: altAnswered }).waitFor();
    await addAxe(page);
    expect(await violationsIn(page)).toEqual(NO_VIOLATIONS);
  }
});
