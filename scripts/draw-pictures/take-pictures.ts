import { join } from "node:path";
import sharp from "sharp";
import type { Browser, Locator, Page } from "playwright-core";
import { composerOf, imagesLoaded, openPage, send } from "./page.ts";

const DESKTOP = { viewport: { width: 1_000, height: 640 }, deviceScaleFactor: 2 };
/** A chart with all its text. */
const TALL = { viewport: { width: 1_000, height: 860 }, deviceScaleFactor: 2 };
const PHONE = { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** WebP quality, from 1 to 100. */
const QUALITY = 82;

/** Takes each picture in the light and in the dark theme, as `NAME-light.webp` and `NAME-dark.webp`. */
export async function takePictures(browser: Browser, address: string, folder: string): Promise<void> {
  for (const [name, show] of Object.entries(SCENES)) {
    const shown = await show(browser, address);
    const page = "page" in shown ? shown.page() : shown;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await imagesLoaded(page);
      await sharp(await shown.screenshot())
        .webp({ quality: QUALITY, effort: 6 })
        .toFile(join(folder, `${name}-${colorScheme}.webp`));
    }
    await page.context().close();
  }
}

type Scene = (browser: Browser, address: string) => Promise<Page | Locator>;

const SCENES: Record<string, Scene> = {
  async stats(browser, address) {
    const page = await openPage(browser, address, { user: "relish", ...DESKTOP });
    await send(page, "/stats 3 5 8");
    await page.getByText("Median").last().waitFor();
    return page;
  },

  async label(browser, address) {
    const page = await openPage(browser, address, { user: "mustard", ...PHONE });
    await send(page, "/label");
    const answer = page.getByRole("button", { name: "1 · hot dog" }).last();
    for (const number of [1, 2, 3]) {
      await page.getByRole("img", { name: `Image ${number}, not answered yet` }).waitFor();
      if (number < 3) await answer.tap();
    }
    return page;
  },

  async project(browser, address) {
    const page = await openPage(browser, address, { user: "ketchup", ...DESKTOP });
    await page.getByRole("navigation").getByRole("button", { name: "random", exact: true }).click();
    await send(page, "/project create");
    const modal = page.getByRole("dialog");
    await modal.waitFor();
    const [question, labels] = [modal.getByRole("textbox").nth(0), modal.getByRole("textbox").nth(1)];
    await question.fill("Cat, dog or neither?");
    await labels.fill("Cat\nDog\nNeither");
    return page;
  },

  async progress(browser, address) {
    const page = await openPage(browser, address, { user: "relish", ...TALL });
    await send(page, "/progress");
    await page.getByRole("log", { name: "Messages" }).getByText("settled").last().waitFor();
    return page;
  },

  async traffic(browser, address) {
    const page = await openPage(browser, address, { user: "relish", ...DESKTOP });
    await page.getByRole("button", { name: "Traffic" }).click();
    const drawer = page.getByRole("complementary", { name: "Traffic" });
    await send(page, "/stats 3 5 8");
    const row = drawer.getByRole("listitem").filter({ hasText: "INTERACTION_CREATE" }).last();
    await row.locator("summary").click();
    await composerOf(page).waitFor();
    return page;
  },
};
