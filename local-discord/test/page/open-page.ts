import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { inject } from "vitest";
import type { LocalDiscord } from "../../src/start.ts";
import { load, type SharedBrowser } from "../browser/shared-browser.ts";

export const sizes = [
  ["a desktop", { width: 1280, height: 800 }],
  ["a phone", { width: 360, height: 740 }],
] as const;

/**
 * Opens the page as this person sees it, and waits for the composer. Its modules come as one bundle; the end-to-end tests of
 * the bot load them as they are served.
 */
export async function openAs(
  browser: SharedBrowser,
  { page: address }: Pick<LocalDiscord, "page">,
  {
    user = "ketchup",
    language = "en",
    ...options
  }: BrowserContextOptions & { user?: string; language?: string } = {},
): Promise<Page> {
  const page = await browser.open(options);
  const bundle = { contentType: "text/javascript", body: inject("pageBundle") };
  await page.route("**/page/main.ts", (route) => route.fulfill(bundle));
  await load(page, `${address}?user=${user}&language=${language}`);
  await composer(page).waitFor();
  return page;
}

/** Finds the field for messages and commands. */
export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: "Message" });
}

/** Opens a server, or a channel of the current server. On a phone they are behind a button. */
export async function goTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole("button", { name: /^Servers and channels/ });
  const target = page.getByRole("navigation").getByRole("button", { name, exact: true });
  // After a reload, neither exists for a moment.
  await target.or(menu).filter({ visible: true }).first().waitFor();
  if (!(await target.isVisible())) await menu.click();
  await target.click();
}
