import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Playground } from "../../playground/start.ts";

export const sizes = [
  ["a desktop", { width: 1280, height: 800 }],
  ["a phone", { width: 360, height: 740 }],
] as const;

/** The page as this person sees it, in English, when it is there. */
export async function openAs(
  browser: Browser,
  { page: address }: Pick<Playground, "page">,
  { user = "ketchup", ...options }: BrowserContextOptions & { user?: string } = {},
): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(`${address}?user=${user}&language=en`);
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  return page;
}

/** Opens a server or a channel of the open one, which on a phone are behind a button. */
export async function goTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole("button", { name: /^Servers and channels/ });
  const target = page.getByRole("button", { name, exact: true });
  // After a reload there is neither for a while.
  await target.or(menu).filter({ visible: true }).first().waitFor();
  if (!(await target.isVisible())) await menu.click();
  await target.click();
}
