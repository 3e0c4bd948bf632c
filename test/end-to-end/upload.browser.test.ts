import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainPng } from "../pictures.ts";
import { sharedBrowser } from "../../local-discord/test/browser/shared-browser.ts";
import { openPage, putImage, startInFolder, typeText, waitForText } from "./local-bot.ts";

const browser = sharedBrowser();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-data-"));
  await putImage(folder);
});

afterAll(() => rm(folder, { recursive: true }));

it("a photo attached to /upload in the page appears in a later round", async () => {
  await using bot = startInFolder(folder);
  const page = await openPage(browser, bot, "relish");
  const photo = join(folder, "my photo.png");
  await writeFile(photo, await plainPng(7));
  // Empties the set, so that the next round must show the photo.
  await rm(join(folder, "images"), { recursive: true });

  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("textbox", { name: "Message" }).fill("/upload");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (await chooser).setFiles(photo);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await waitForText(page, /my.*photo\.png.* – added/);
  expect(await readdir(join(folder, "images"))).toHaveLength(1);

  await typeText(page, "/hotdog");
  await waitForText(page, /Image 1\s/);
  await expect
    .poll(() => page.getByRole("img", { name: "Image 1 of 1" }).count(), { timeout: 20_000 })
    .toBe(1);
});
