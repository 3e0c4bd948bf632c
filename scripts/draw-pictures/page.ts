/** What the pictures and the film do on the page. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

/** Opens the page as one of its people, in English. */
export async function openPage(
  browser: Browser,
  address: string,
  { user, ...options }: BrowserContextOptions & { user: string },
): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(`${address}?user=${user}&language=en`);
  await composerOf(page).waitFor();
  return page;
}

/** The field for messages and commands. */
export function composerOf(page: Page): Locator {
  return page.getByRole("textbox", { name: /^Message/ });
}

/** Sends a command without choosing it from the list. */
export async function send(page: Page, command: string): Promise<void> {
  await composerOf(page).fill(command);
  await page.keyboard.press("Enter");
}

/** Waits until all images of the page are drawn. */
export async function imagesLoaded(page: Page): Promise<void> {
  await page.waitForFunction(
    "[...document.images].every((image) => image.complete && image.naturalWidth > 0)",
  );
}
