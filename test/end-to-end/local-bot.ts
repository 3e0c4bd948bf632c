import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { imageName } from "../../src/labeling/images.ts";
import { plainPng } from "../pictures.ts";
import { load, type SharedBrowser } from "../../local-discord/test/browser/shared-browser.ts";
import { runProcess, type RunningProcess } from "./process.ts";

/** Runs `npm start` with all its data in the folder. */
export function startInFolder(folder: string, settings: Record<string, string> = {}): RunningProcess {
  return runProcess("src/main.ts", { PLAYGROUND_PORT: "0", STORE_URL: `file:${folder}`, ...settings });
}

/** Adds an image to an empty set, so that the start does not generate the starter images, which takes seconds. */
export async function putImage(folder: string): Promise<void> {
  const png = await plainPng(0);
  await mkdir(join(folder, "images"), { recursive: true });
  await writeFile(join(folder, "images", imageName(png, "png")), png);
}

/** Resolves with the address of the local Discord's page. */
export async function addressOf(bot: RunningProcess): Promise<string> {
  return bot.waitFor(/open at (http:\/\/127\.0\.0\.1:\d+\/)/);
}

/** Opens the page of the local Discord as one of its three people. */
export async function openPage(browser: SharedBrowser, bot: RunningProcess, user = "ketchup"): Promise<Page> {
  const page = await browser.open();
  await load(page, await addressOf(bot));
  await page.getByRole("combobox", { name: "User" }).selectOption(user);
  return page;
}

/** Types a message or a command. */
export async function typeText(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.keyboard.press("Enter");
}

/** Waits until the messages match. */
export async function waitForText(page: Page, pattern: RegExp): Promise<void> {
  const messages = page.getByRole("log", { name: "Messages" });
  await expect.poll(() => messages.innerText(), { timeout: 20_000 }).toMatch(pattern);
}
