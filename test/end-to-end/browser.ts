import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, inject, onTestFinished } from "vitest";

export interface SharedBrowser {
  /** Opens a page in a context of its own: no storage or cache is shared. The context is closed when the test ends. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** Connects the tests of this file to the one Chromium of the run. */
export function sharedBrowser(): SharedBrowser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.connect(inject("chromium"));
  });
  afterAll(() => browser?.close());
  return {
    async open(options) {
      if (browser === undefined) throw new Error("The browser is connected by beforeAll.");
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      return context.newPage();
    },
  };
}
