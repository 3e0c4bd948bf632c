import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { imageName } from "../../src/labeling/images.ts";
import { plainPng } from "../pictures.ts";
import { load, type SharedBrowser } from "../../local-discord/test/browser/shared-browser.ts";
import { runProcess, type RunningProcess } from "./process.ts";

/** `npm start`, with all it keeps in this folder. */
export function startInFolder(folder: string, settings: Record<string, string> = {}): RunningProcess {
  return runProcess("src/main.ts", { PLAYGROUND_PORT: "0", STORE_URL: `file:${folder}`, ...settings });
}

/** Puts an image into a set that is empty, to which the start would add those to start with: seconds of computing. */
export async function putImage(folder: string): Promise<void> {
  const png = await plainPng(0);
  await mkdir(join(folder, "images"), { recursive: true });
  await writeFile(join(folder, "images", imageName(png, "png")), png);
}

export async function addressOf(bot: RunningProcess): Promise<string> {
  return bot.waitFor(/open at (http:\/\/127\.0\.0\.1:\d+\/)/);
}

/** The page of the local Discord, as one of its three people. */
export async function openPage(browser: SharedBrowser, bot: RunningProcess, user = "ketchup"): Promise<Page> {
  const page = await browser.open();
  await load(page, await addressOf(bot));
  await page.getByRole("combobox", { name: "User" }).selectOption(user);
  return page;
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.keyboard.press("Enter");
}

/** Waits until the messages read like this. */
export async function reads(page: Page, pattern: RegExp): Promise<void> {
  const messages = page.getByRole("log", { name: "Messages" });
  await expect.poll(() => messages.innerText(), { timeout: 20_000 }).toMatch(pattern);
}
