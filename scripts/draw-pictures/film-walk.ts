import sharp from "sharp";
import type { Browser, Page } from "playwright-core";
import { composerOf, imagesLoaded, openPage } from "./page.ts";

const SIZE = { width: 800, height: 560 };
/** WebP quality, from 1 to 100. */
const QUALITY = 78;

/** Films how a person asks for `/stats`, then for a round, and answers it. An animated WebP of some 20 seconds, without end. */
export async function filmWalk(browser: Browser, address: string, file: string): Promise<void> {
  const page = await openPage(browser, address, { user: "relish", viewport: SIZE, colorScheme: "dark" });
  const film = filming(page);
  await film.frame(800);
  await typeSlowly(page, "/stats 3 5 8", film);
  await page.keyboard.press("Enter");
  await page.getByText("Median").waitFor();
  await film.frame(2_500);
  await typeSlowly(page, "/hotdog", film);
  await page.keyboard.press("Enter");
  const answer = page.getByRole("button", { name: "1 · hot dog" });
  await answer.first().waitFor();
  await imagesLoaded(page);
  await film.frame(2_500);
  for (const position of [0, 1]) {
    await answer.nth(position).hover();
    await film.frame(500);
    await answer.nth(position).click();
    await page
      .getByText(/^Saved/)
      .nth(position)
      .waitFor();
    await film.frame(1_800);
  }
  await page.getByRole("button", { name: /new answers? from .* Show/i }).click();
  await film.frame(3_000);
  await film.save(file);
  await page.context().close();
}

interface Film {
  /** Adds what the page shows. @param duration milliseconds */
  frame(duration: number): Promise<void>;
  save(file: string): Promise<void>;
}

function filming(page: Page): Film {
  const frames: Buffer[] = [];
  const delay: number[] = [];
  return {
    async frame(duration) {
      frames.push(await page.screenshot());
      delay.push(duration);
    },
    async save(file) {
      await sharp(frames, { join: { animated: true } })
        .webp({ quality: QUALITY, effort: 6, delay, loop: 0 })
        .toFile(file);
    },
  };
}

async function typeSlowly(page: Page, text: string, film: Film): Promise<void> {
  await composerOf(page).focus();
  for (const character of text) {
    await page.keyboard.type(character);
    await film.frame(110);
  }
  await film.frame(600);
}
